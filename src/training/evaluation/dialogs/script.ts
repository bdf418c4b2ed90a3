import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FACETS, type Facet, LANGUAGES, type Language, VitrineError } from '../../../domain';

const item = z.strictObject({
  kind: z.string().min(1),
  color: z.string().optional(),
  material: z.string().optional(),
  pattern: z.string().optional(),
  size: z.string().optional(),
  brand: z.string().optional(),
  audience: z.enum(['kids', 'female', 'male']).optional(),
  maxPrice: z.strictObject({ amount: z.string().regex(/^\d+(\.\d+)?$/), currency: z.string().length(3) }).optional(),
});

const goal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('find'), item }),
  z.strictObject({ kind: z.literal('buy'), item, quantity: z.int().min(1) }),
  z.strictObject({ kind: z.literal('order'), order: z.strictObject({ number: z.string(), email: z.string() }) }),
  z.strictObject({ kind: z.enum(['returns', 'delivery']), topic: z.string().min(1) }),
  z.strictObject({ kind: z.literal('person') }),
]);

const script = z.strictObject({
  id: z.string().min(1),
  language: z.enum(LANGUAGES),
  goal,
  via: z.enum(['words', 'voice', 'photo']),
  shown: item.omit({ maxPrice: true }).optional(),
  opening: z.string(),
  answers: z.partialRecord(z.enum([...FACETS, 'other']), z.string()),
  refinements: z.array(z.string()),
  choose: z.string(),
  // biome-ignore lint/suspicious/noThenProperty: the field is called so in the frozen files, and is a list
  then: z.array(z.string()),
  matches: z.number().optional(),
});

/** What a shopper wants, by the catalogue's canonical English values; what isn't named may be anything. */
export type GoalItem = z.infer<typeof item>;
export type Goal = z.infer<typeof goal>;
/** What a shopper says to which question; `other` to one that isn't foreseen. */
export type Answers = Readonly<Partial<Record<Facet | 'other', string>>>;
/** A scripted conversation: see test/fixtures/dialogs/README.md for what its fields mean. */
export type DialogScript = Readonly<z.infer<typeof script>>;

/** Sets of conversations: flows may be improved by looking at the first, the second only gives figures. */
export const DIALOG_SETS = ['validation', 'held-out'] as const;
export type DialogSet = (typeof DIALOG_SETS)[number];

/**
 * Reads a set's conversations, `<folder>/<set>/<language>.jsonl`, in the order of languages and lines. Throws
 * EVALUATION_INVALID that names file, line and fields, and never repeats what is said there.
 */
export function readDialogs(
  folder: string,
  set: DialogSet,
  languages: readonly Language[] = LANGUAGES,
): DialogScript[] {
  return languages.flatMap((language) => {
    const name = `${set}/${language}.jsonl`;
    let content: string;
    try {
      content = readFileSync(join(folder, name), 'utf8');
    } catch (cause) {
      throw new VitrineError('EVALUATION_INVALID', `${name} cannot be read`, { cause });
    }
    return content
      .split(/\r?\n/)
      .flatMap((line, i) => (line.trim() === '' ? [] : [readLine(line, `${name}, line ${i + 1}`)]));
  });
}

function readLine(line: string, where: string): DialogScript {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new VitrineError('EVALUATION_INVALID', `${where}: it is not JSON`);
  }
  const read = script.safeParse(row);
  if (!read.success) {
    const fields = [...new Set(read.error.issues.map(({ path }) => path.join('.') || 'the line'))].join(', ');
    throw new VitrineError('EVALUATION_INVALID', `${where}: what is wrong: ${fields}`);
  }
  return read.data;
}

/** What conversations are told apart by: how an item is looked for, or what is wanted of the shop. */
export const DIALOG_KINDS = [
  'find by photo',
  'find by voice',
  'find by words',
  'buy',
  'question',
  'order',
  'person',
] as const;
export type DialogKind = (typeof DIALOG_KINDS)[number];

export function kindOf({ goal: { kind }, via }: Pick<DialogScript, 'goal' | 'via'>): DialogKind {
  if (kind === 'find') return `find by ${via}`;
  return kind === 'returns' || kind === 'delivery' ? 'question' : kind;
}
