import type { Entry } from '../api/types';
import { dayOf } from '../parts/times';

/** Milliseconds within which words of one speaker share a name and a time. */
const TOGETHER = 3 * 60_000;

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'entry';
      readonly key: string;
      readonly entry: Entry;
      /** First and last of what one speaker said in a row. */
      readonly first: boolean;
      readonly last: boolean;
    };

/** A transcript as it is shown: days between the entries, and who speaks in a row. */
export function rowsOf(entries: readonly Entry[]): readonly Row[] {
  return entries.flatMap((entry, index): Row[] => {
    const before = entries[index - 1];
    const after = entries[index + 1];
    const newDay = before === undefined || dayOf(before.at) !== dayOf(entry.at);
    const row: Row = {
      kind: 'entry',
      key: entry.id,
      entry,
      first: newDay || !belongTogether(before, entry),
      last: after === undefined || dayOf(after.at) !== dayOf(entry.at) || !belongTogether(entry, after),
    };
    return newDay ? [{ kind: 'day', key: `day ${entry.id}`, at: entry.at }, row] : [row];
  });
}

function belongTogether(one: Entry, next: Entry): boolean {
  const same = one.speaker === next.speaker && one.agentId === next.agentId && one.isPrivate === next.isPrivate;
  return same && next.at - one.at < TOGETHER;
}
