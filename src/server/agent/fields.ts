import { z } from 'zod';
import { isVisible, LANGUAGES, VitrineError } from '../../domain';

/** Longest text of a message or a note, in characters, as for shoppers. */
const LONGEST_TEXT = 4_000;

/** Text as it can be stored and sent anywhere: no NUL, no half of a surrogate pair. */
const clean = z.string().transform((text) => text.toWellFormed().replaceAll('\0', ''));

/** A line of at most so many characters. */
export const line = (longest: number) => clean.pipe(z.string().trim().min(1).max(longest));
export const text = clean.pipe(z.string().max(LONGEST_TEXT));
export const someText = text.refine(isVisible, 'is empty');
/** An id that a page makes up. */
export const clientId = z.string().regex(/^[\w-]{1,64}$/);
export const id = z.string().min(1).max(256);
export const version = z.number().int().min(1);
export const language = z.enum(LANGUAGES);
export const tags = z.array(line(40)).max(20);

/** What a schema makes of a value. Throws MESSAGE_INVALID that names the field, never what stood there. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') || 'body';
  const known = issue?.code === 'unrecognized_keys' || /[^\w.]/.test(field) ? 'body' : field;
  throw new VitrineError('MESSAGE_INVALID', `"${known}" is missing, or is not what is expected there.`);
}
