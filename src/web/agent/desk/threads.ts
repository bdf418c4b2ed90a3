import type { Entry } from '../api/types';
import type { Pending, Thread } from './state';

/** A thread with entries put where they belong; what is there already is not added again. */
export function withEntries(thread: Thread, more: readonly Entry[]): Thread {
  const known = new Set(thread.entries.map(({ id }) => id));
  const fresh = more.filter(({ id }) => !known.has(id) && known.add(id));
  // What was sent from here arrives as an entry with the same id.
  const pending = thread.pending.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return pending.length === thread.pending.length ? thread : { ...thread, pending };
  const entries = [...thread.entries, ...fresh].sort((one, other) => one.sequence - other.sequence);
  return { ...thread, entries, pending };
}

/**
 * A thread with the newest page of its transcript. Where the page begins after what was known, entries between the two
 * are not known: the older ones are let go, to be loaded again.
 */
export function withNewestPage(thread: Thread, page: readonly Entry[], hasOlder: boolean): Thread {
  const first = page[0]?.sequence ?? 0;
  const last = page.at(-1)?.sequence ?? 0;
  // What came by the socket while the page was loading is newer than the page.
  const kept = thread.entries.filter(({ sequence }) => sequence > last);
  const overlaps = thread.entries.some(({ sequence }) => sequence >= first && sequence <= last);
  const whole = thread.loading === 'done' && (overlaps || !hasOlder);
  const base = whole ? thread : { ...thread, entries: kept, hasOlder };
  return { ...withEntries(base, page), loading: 'done' };
}

/** A thread with an older page; an empty one means that there is nothing before. */
export function withOlderPage(thread: Thread, page: readonly Entry[], hasOlder: boolean): Thread {
  return { ...withEntries(thread, page), hasOlder };
}

/** A thread with something on its way, or with another state of it. */
export function withPending(thread: Thread, sent: Pending): Thread {
  if (thread.entries.some(({ id }) => id === sent.id)) return thread;
  const index = thread.pending.findIndex(({ id }) => id === sent.id);
  return { ...thread, pending: index < 0 ? [...thread.pending, sent] : thread.pending.with(index, sent) };
}

/** A thread without something that was on its way. */
export function withoutPending(thread: Thread, id: string): Thread {
  return { ...thread, pending: thread.pending.filter((sent) => sent.id !== id) };
}

/** How many messages of the shopper the agent has not had before their eyes. */
export function unreadOf(thread: Thread | undefined): number {
  if (thread === undefined) return 0;
  return thread.entries.filter(({ sequence, speaker }) => speaker === 'shopper' && sequence > thread.seen).length;
}

/** A thread that the agent has before their eyes. */
export function asSeen(thread: Thread): Thread {
  const seen = thread.entries.at(-1)?.sequence ?? 0;
  return seen > thread.seen ? { ...thread, seen } : thread;
}
