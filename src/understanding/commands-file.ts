import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  COMMAND_ACTIONS,
  type CommandAction,
  FACETS,
  LANGUAGES,
  type Language,
  REMOVABLE,
  VitrineError,
} from '../domain';

/** All that can be asked for or taken back. */
export const NAMED_FACETS = [...new Set([...FACETS, ...REMOVABLE])];

const list = z.array(z.string().min(1));

/** One language's `commands.json`: how shoppers point at what was shown, count it, and say what to do with it. */
export const commandsSchema = z.strictObject({
  /** Word lists that templates name as `<list>`; an empty text stands for nothing. */
  words: z.record(z.string(), z.array(z.string())),
  /** Number words, by number. */
  numbers: z.record(z.string().regex(/^\d+$/), list),
  /** Ordinal words, by place; −1 is the last. */
  ordinals: z.record(z.string().regex(/^-?\d+$/), list),
  /** What makes a number an ordinal in one word with it: "2nd". */
  ordinalSuffixes: list,
  /** What may follow a count: "pieces", "of them". */
  measures: list,
  /** "One more": on top of how many there are. */
  again: list,
  /** What may stand around a command: "please". */
  fillers: list,
  /** What stands between the parts of a list. */
  and: list,
  /** With `{n}` for a number and `{o}` for an ordinal. */
  positions: list,
  pronouns: list,
  /** "The other one". */
  other: list,
  /** "Them", "these": one thing that is talked of where there is one, else all that were shown. */
  these: list,
  all: list,
  most: z.strictObject({ cheapest: list, mostExpensive: list, bestRated: list }),
  /** With `{x}` for the words that describe; surely about something shown. */
  described: list,
  /** The same, only where a command says what to do with it. */
  describedLoosely: list,
  /** With `{x}` for a size or a colour. */
  variant: list,
  /** A photo that was sent. */
  photo: list,
  /** What searches are constrained by and shoppers are asked for: what it is called (`{f}`), and whole phrases that take it back. */
  facets: z.strictObject(
    Object.fromEntries(NAMED_FACETS.map((facet) => [facet, z.strictObject({ names: list, free: list })])) as Record<
      (typeof NAMED_FACETS)[number],
      z.ZodObject<{ names: typeof list; free: typeof list }>
    >,
  ),
  /**
   * Templates: `{r}` what is pointed at, `{s}` the same without loose descriptions, `{p}` that with a count and a variant,
   * `{q}` a count, `{m}` a count with its measure, `{n}` a number, `{v}` a variant, `{w}` words for what should be otherwise,
   * `{a}` an amount of money with digits in it, `{f}` what a facet is called, `{k}` a pairing
   * code, `{c}` what may be one with a mistake in it.
   */
  actions: z.strictObject(
    Object.fromEntries(COMMAND_ACTIONS.map((action) => [action, list])) as Record<CommandAction, typeof list>,
  ),
});
export type CommandsFile = z.infer<typeof commandsSchema>;

/** Reads every language's `commands.json`. Throws CONFIG_INVALID naming the file and the field. */
export function loadCommands(localesDir: string): Readonly<Record<Language, CommandsFile>> {
  const read = (language: Language): CommandsFile => {
    const file = join(language, 'commands.json');
    try {
      return commandsSchema.parse(JSON.parse(readFileSync(join(localesDir, file), 'utf8')));
    } catch (error) {
      const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new VitrineError('CONFIG_INVALID', `locales/${file}: ${detail}`, { cause: error });
    }
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, CommandsFile>;
}
