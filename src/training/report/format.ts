import type { Interval } from '../evaluation';

/** Stands where there is no value. */
export const NONE = '–';

export const share = (value: number | undefined) => (value === undefined ? NONE : value.toFixed(3));

/** `0.512 (0.480 to 0.544)`, or a dash. */
export const interval = (found: Interval | null | undefined) =>
  found ? `${share(found.mean)} (${share(found.low)} to ${share(found.high)})` : NONE;

export const signed = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(3);

export const milliseconds = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** At most `most` characters; for labels that have only so much room. */
export function shortened(text: string, most: number): string {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** A language's English name, the tag itself where it has none. */
export function languageName(tag: string): string {
  if (tag === 'und') return 'not said';
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag; // no language tag at all
  }
}
