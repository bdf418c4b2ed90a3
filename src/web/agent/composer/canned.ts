import type { Canned, Entry } from '../api/types';

const MOST = 8;
const SLOT = /\{\{\s*(\w+)\s*\}\}/g;
/** What looks like the number of an order, perhaps with letters before it; it has this many digits at least. */
const NUMBER = /\b(?:[A-Z]{1,4}-?)?\d+(?:-\d+)*\b/g;
const LEAST_DIGITS = 5;
const DATE = /^\d{4}-\d\d?-\d\d?$/;

/** A shortcut that is being written: where its slash is, and what stands after it. */
export interface Slash {
  readonly from: number;
  readonly query: string;
}

/** The shortcut before the caret: a slash at the start or after a space, and no space since. */
export function slashBefore(text: string, caret: number): Slash | undefined {
  const match = /(^|\s)\/(\S{0,40})$/u.exec(text.slice(0, caret));
  if (match === null) return undefined;
  const query = match[2] ?? '';
  return { from: caret - query.length - 1, query };
}

/** Replies whose shortcut or title fits what was written: those whose shortcut begins so come first. */
export function cannedFor(all: readonly Canned[], query: string): readonly Canned[] {
  const wanted = query.toLocaleLowerCase();
  const rank = ({ shortcut, title }: Canned) => {
    if (shortcut.toLocaleLowerCase().startsWith(wanted)) return 0;
    return title.toLocaleLowerCase().includes(wanted) ? 1 : 2;
  };
  return all
    .filter((canned) => rank(canned) < 2)
    .sort((one, other) => rank(one) - rank(other) || one.shortcut.localeCompare(other.shortcut))
    .slice(0, MOST);
}

/** A reply in the shopper's language, else in English, else in any that it has. */
export function textOf({ texts }: Canned, language: string): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** A reply with what is known in its slots; the others stay, to be filled by hand. */
export function filled(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(SLOT, (slot, name: string) => (Object.hasOwn(values, name) && values[name]) || slot);
}

/** The first slot that nobody has filled, as a range of the text. */
export function openSlot(
  text: string,
): { readonly from: number; readonly to: number; readonly name: string } | undefined {
  const match = [...text.matchAll(SLOT)][0];
  return match && { from: match.index, to: match.index + match[0].length, name: match[1] ?? '' };
}

/** The order number that the shopper named last. */
export function orderIn(entries: readonly Entry[]): string | undefined {
  return entries
    .filter(({ speaker }) => speaker === 'shopper')
    .flatMap(({ text }) => text.match(NUMBER) ?? [])
    .findLast((number) => number.replace(/\D/g, '').length >= LEAST_DIGITS && !DATE.test(number));
}

/** Is there anything to see in a text? Characters without width say nothing. */
export function hasWords(text: string): boolean {
  return /[^\s\p{C}]/u.test(text);
}
