import { useEffect, useState, useSyncExternalStore } from 'react';
import { countAfter, firstBetween, lastPlace } from './away';
import type { Connection } from './connection';
import { keep, recall } from './storage';

/** Where the browser remembers what its shopper has seen of the conversation, for all tabs. */
const KEY = 'vitrine.seen';

/** What a shopper has not seen yet. */
export interface Away<T> {
  /** The first message that came before the page was opened and after the shopper had left. */
  readonly first: T | undefined;
  /** How many messages came while the page is out of sight. */
  readonly unseen: number;
}

/** Follows what the shopper has seen: messages count as seen once they are shown while the page is in sight. */
export function useAway<T extends object>({ conversationId, said }: Connection, messages: readonly T[]): Away<T> {
  // Where nothing is remembered, what was said before the page was opened is no news.
  const [before] = useState(() => recallSeen(conversationId) ?? said);
  const [seen, setSeen] = useState(before);
  const hidden = useSyncExternalStore(onVisibility, () => document.hidden);
  const last = lastPlace(messages);
  useEffect(() => {
    if (hidden || last <= seen) return;
    keep('local', KEY, JSON.stringify({ conversationId, place: last }));
    setSeen(last);
  }, [conversationId, hidden, last, seen]);
  return { first: firstBetween(messages, before, said), unseen: hidden ? countAfter(messages, seen) : 0 };
}

function recallSeen(conversationId: string): number | undefined {
  try {
    const saved = JSON.parse(recall('local', KEY) ?? 'null');
    return saved?.conversationId === conversationId && typeof saved.place === 'number' ? saved.place : undefined;
  } catch {
    return undefined;
  }
}

function onVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
