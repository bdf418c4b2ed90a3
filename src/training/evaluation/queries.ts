import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { languageOf, VitrineError } from '../../domain';

const MODALITIES = ['text', 'photo', 'voice'] as const;

/** A question to a shop and the products that answer it. At least one of `text`, `photo` and `voice` is there. */
export interface LabelledQuery {
  readonly text?: string;
  /** Path of a picture, absolute. */
  readonly photo?: string;
  /** Path of a recording, absolute. */
  readonly voice?: string;
  /** What is said in the recording as a shopper would have typed it, to compare with. */
  readonly typed?: string;
  /** The same as a transcript writes it: lower case, numbers in words. */
  readonly written?: string;
  /** BCP 47, as the file says it. */
  readonly lang?: string;
  /** Ids of products that the shopper liked before. */
  readonly history?: readonly string[];
  /** The shopper is made up: nobody liked those products. */
  readonly simulated?: true;
  /** What the file calls it (`composed` …), else what the query is made of, in this order and joined by `+`: `text+photo+history` … */
  readonly modality: string;
  /** Product id → gain; higher is better, positive. Products that are not named have no label. */
  readonly relevant: ReadonlyMap<string, number>;
}

/** The language a query is reported under: the supported one of its tag, the tag itself, or `und` without a tag. */
export function reportedLanguage(query: Pick<LabelledQuery, 'lang'>): string {
  return languageOf(query.lang) ?? query.lang ?? 'und';
}

/** Names a query by what it asks; independent of the folder that the file lies in. */
export function queryKey({ text, photo, voice, history }: Omit<LabelledQuery, 'modality' | 'relevant'>): string {
  const file = (path: string | undefined) => (path === undefined ? undefined : basename(path));
  return JSON.stringify([text, file(photo), file(voice), ...(history ? [history] : [])]);
}

/** The reason says what is wrong and never repeats the line: it holds a shopper's words. */
class Unreadable extends Error {}

function readRelevant(value: unknown): Map<string, number> {
  if (value === undefined || value === null) throw new Unreadable('"relevant" is missing');
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Unreadable('"relevant" must be an object of product ids and gains');
  }
  const relevant = new Map<string, number>();
  for (const [id, gain] of Object.entries(value)) {
    if (typeof gain !== 'number' || !Number.isFinite(gain) || gain <= 0) {
      throw new Unreadable(`the gain of product ${JSON.stringify(id)} must be a finite number above 0`);
    }
    relevant.set(id, gain);
  }
  if (relevant.size === 0) throw new Unreadable('"relevant" names no product');
  return relevant;
}

function readHistory(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const ids: readonly unknown[] = Array.isArray(value) ? value : [];
  if (ids.length > 0 && ids.every((id): id is string => typeof id === 'string' && id !== '')) return ids;
  throw new Unreadable('"history" must be a list of product ids');
}

/** A short name that fits a heading: letters, digits, and ` +-_.` between them. */
const MODALITY = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} +_.-]{0,38}[\p{L}\p{M}\p{N}])?$/u;

function readModality(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && MODALITY.test(value)) return value;
  throw new Unreadable('"modality" must be a name of at most 40 letters, digits, spaces and "+", "-", "_", "."');
}

function readLine(line: string, folder: string): LabelledQuery {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new Unreadable('it is not JSON');
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new Unreadable('it is not a JSON object');
  const fields = new Map<string, unknown>(Object.entries(row));
  const texts = new Map<string, string>();
  for (const name of [...MODALITIES, 'typed', 'written', 'lang']) {
    const value = fields.get(name);
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string' || value.trim() === '')
      throw new Unreadable(`"${name}" must be a text with words in it`);
    texts.set(name, name === 'photo' || name === 'voice' ? resolve(folder, value) : value);
  }
  const given = MODALITIES.filter((name) => texts.has(name));
  if (given.length === 0) throw new Unreadable('it has neither "text" nor "photo" nor "voice"');
  const history = readHistory(fields.get('history'));
  const made = [...given, ...(history ? ['history'] : [])].join('+');
  return {
    ...Object.fromEntries(texts),
    ...(history && { history }),
    ...(fields.get('simulated') === true && { simulated: true }),
    modality: readModality(fields.get('modality')) ?? made,
    relevant: readRelevant(fields.get('relevant')),
  };
}

/**
 * Reads labelled queries: JSON Lines (UTF-8, with or without a BOM), one
 * `{"text"?, "photo"?, "voice"?, "typed"?, "written"?, "lang"?, "history"?: ["<product id>"], "simulated"?: true, "modality"?,
 * "relevant": {"<product id>": gain}}` a line. Blank lines are skipped; paths are relative to the file. Throws a VitrineError EVALUATION_INVALID that names the line and the reason.
 */
export function readLabelledQueries(file: string): LabelledQuery[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new VitrineError('EVALUATION_INVALID', `${file} cannot be read`, { cause });
  }
  const folder = dirname(resolve(file));
  const queries: LabelledQuery[] = [];
  for (const [index, line] of content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (line.trim() === '') continue;
    try {
      queries.push(readLine(line, folder));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw new VitrineError('EVALUATION_INVALID', `${file}, line ${index + 1}: ${error.message}`);
    }
  }
  if (queries.length === 0) throw new VitrineError('EVALUATION_INVALID', `${file}, line 1: the file holds no query`);
  return queries;
}
