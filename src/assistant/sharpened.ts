import type { Turn } from '../dialog';
import type { Command } from '../domain';

/** "x2", "2×". */
const TIMES = /^(?:[x×]\s?\d{1,2}|\d{1,2}\s?[x×])$/iu;

/** A command by set words as it is meant where it was said. */
export function sharpened(command: Command, text: string, { lastProduct }: Turn['state']): Command {
  const talksOfOne = lastProduct !== undefined;
  // "That one, number 1": the number says which.
  const named = command.references.filter(({ kind }) => kind !== 'pronoun' && kind !== 'these');
  const places = named.filter(({ kind }) => kind === 'position');
  // "That's it, number 2": other words that describe add nothing to a place.
  const exact = command.action === 'select' && places.length === 1 ? places : named;
  const pointed = exact.length > 0 && command.action !== 'compare' ? { ...command, references: exact } : command;
  const [only, ...others] = pointed.references;
  if (only?.kind !== 'position' || others.length > 0) return pointed;
  // One alone is compared with what is talked of, if anything.
  if (pointed.action === 'compare' && !talksOfOne) return { ...pointed, action: 'select' };
  if (pointed.action === 'select' && talksOfOne && TIMES.test(text.trim()))
    return { action: 'add', language: pointed.language, references: [], quantity: only.at };
  return pointed;
}
