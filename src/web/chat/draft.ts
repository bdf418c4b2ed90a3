import { keep, recall } from './storage';

/** Where this tab remembers what its shopper is writing. */
const KEY = 'vitrine.draft';

/** What the shopper was writing when the page was left. */
export function recallDraft(): string {
  return recall('session', KEY) ?? '';
}

export function keepDraft(draft: string): void {
  keep('session', KEY, draft === '' ? undefined : draft);
}

/** Puts words before what the shopper is writing; a box that is open does not show them. */
export function addToDraft(words: string): void {
  keepDraft([words, recallDraft()].filter((part) => part !== '').join('\n'));
}
