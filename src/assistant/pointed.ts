import type { Reference } from '../domain';

/** Who points says little beside. */
const LONGEST = 60;

/**
 * The place in what was shown that a message points at somewhere within it: its only ordinal, or its only number where that
 * many were shown ("me mola el 2").
 *
 * @param references what its language's words point at
 * @param shown how many were shown
 */
export function pointedAt(text: string, references: readonly Reference[], shown: number): Reference | undefined {
  if (shown < 2 || text.length > LONGEST) return undefined;
  const places = references.filter(({ kind }) => kind === 'position');
  if (places.length > 0) return places.length === 1 ? places[0] : undefined;
  const [number, ...others] = text.normalize('NFKC').match(/[\d.,]*\d/g) ?? [];
  const at = Number(number);
  return others.length === 0 && Number.isInteger(at) && at >= 1 && at <= shown ? { kind: 'position', at } : undefined;
}
