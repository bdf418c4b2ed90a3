import { createHash } from 'node:crypto';

/** Shares of the items, of 256, that measuring and choosing keep from training. */
const TESTED = 51;
const VALIDATED = 26;

export type Split = 'train' | 'validation' | 'test';

/** Which part an item (a group of variants) belongs to: by a hash of its id, so that it is the same on every machine. */
export function splitOf(group: string): Split {
  const place = createHash('sha256').update(`held-out/${group}`).digest()[0] ?? 0;
  if (place < TESTED) return 'test';
  return place < TESTED + VALIDATED ? 'validation' : 'train';
}
