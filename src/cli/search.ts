import { readFile, stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../app';
import type { HardFilters, RankedProduct } from '../domain';
import { LANGUAGES, type Language, languageOf, textIn, VitrineError } from '../domain';
import { formatMoney } from '../reply';
import { FILTER_NAMES } from '../retrieval';
import { configOf, withApp } from './context';

/** As the limit of a photo in chat. */
const MOST_PHOTO_BYTES = 10 * 1024 * 1024;

interface SearchFlags {
  readonly photo: readonly string[];
  readonly lang?: Language;
  readonly filter: Record<string, string>;
  readonly k: number;
  readonly json?: boolean;
}

function language(value: string): Language {
  const known = languageOf(value);
  if (!known) throw new InvalidArgumentError(`one of ${LANGUAGES.join(', ')}`);
  return known;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function filter(value: string, previous: Record<string, string>): Record<string, string> {
  const at = value.indexOf('=');
  const name = value.slice(0, at);
  const names = FILTER_NAMES.filter((known) => known !== 'price');
  if (at < 1 || !(names as readonly string[]).includes(name)) {
    throw new InvalidArgumentError(`name=value, where name is one of ${names.join(', ')}`);
  }
  return { ...previous, [name]: value.slice(at + 1) };
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 100)
    throw new InvalidArgumentError('a whole number from 1 to 100');
  return number;
}

export function registerSearch(program: Command): void {
  const command = program
    .command('search')
    .description('search the catalogue as a shopper would')
    .argument('[words]', 'what the shopper says; may be left out beside a photo')
    .option('--photo <file>', 'a photo of what is looked for (repeatable: all are one query)', collect, [])
    .option('--lang <language>', `the conversation's language: ${LANGUAGES.join(', ')}`, language)
    .option('--filter <name=value>', 'only products with this attribute (repeatable)', filter, {})
    .option('--k <number>', 'how many results', count, 10)
    .option('--json', 'print {query, results, timings} as JSON')
    .action(async (words = '', flags: SearchFlags) => {
      if (words.trim() === '' && flags.photo.length === 0)
        throw new VitrineError('QUERY_INVALID', 'the words to search for are empty, and there is no --photo');
      await withApp(configOf(command), async (app) => {
        const photo = flags.photo.length > 0 ? await photoOf(app, flags.photo) : undefined;
        const outcome = await app.search(words, {
          limit: flags.k,
          filters: flags.filter as HardFilters,
          ...(photo && { photo }),
          ...(flags.lang && { language: flags.lang }),
        });
        if (flags.json) {
          const results = outcome.results.map(({ product, score, why }) => ({
            id: product.id,
            title: textIn(product, outcome.query.language).title,
            score,
            why,
          }));
          const { query, relaxed, timings } = outcome;
          process.stdout.write(`${JSON.stringify({ query, relaxed, results, timings }, null, 2)}\n`);
          return;
        }
        if (outcome.results.length === 0) process.stdout.write('Nothing found.\n');
        if (outcome.relaxed.length > 0) process.stdout.write(`Relaxed: ${outcome.relaxed.join(', ')}\n`);
        outcome.results.forEach((result, index) => {
          process.stdout.write(`${line(result, index, outcome.query.language)}\n`);
        });
      });
    });
}

/** The vector of photo files. Throws QUERY_INVALID for files that can't be read, PICTURE_* and MODEL_MISSING. */
async function photoOf(app: App, files: readonly string[]): Promise<Float32Array> {
  const photos = await Promise.all(files.map(readPhoto));
  const vector = await app.photoVector(photos);
  if (!vector) throw new VitrineError('MODEL_MISSING', "there is no image encoder: photos can't be searched");
  return vector;
}

async function readPhoto(file: string): Promise<Buffer> {
  const wrong = (reason: string, cause?: unknown) =>
    new VitrineError('QUERY_INVALID', `--photo ${file}: ${reason}`, { cause });
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw wrong('it is a folder');
    // Devices and pipes may never end.
    if (!found.isFile()) throw wrong('it is no file');
    if (found.size > MOST_PHOTO_BYTES) throw wrong('it has more than 10 MB');
    return await readFile(file);
  } catch (error) {
    if (error instanceof VitrineError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(code === 'ENOENT' ? 'there is no such file' : `it can't be read (${code})`, error);
  }
}

function line({ product, score, why }: RankedProduct, index: number, inLanguage: Language): string {
  const price = product.salePrice ?? product.price;
  const reasons = [
    ...Object.entries(why.attributes).map(
      ([name, values]) => `${name}${values.length > 0 ? ` ${values.join('+')}` : ''}`,
    ),
    ...(why.photo === undefined ? [] : [`photo ${why.photo.toFixed(2)}`]),
    ...(why.words.length > 0 ? [`words ${why.words.join(', ')}`] : []),
    ...why.missing.map((name) => `not ${name}`),
  ];
  const { title } = textIn(product, inLanguage);
  return `${String(index + 1).padStart(3)}. ${title}${price ? `  ${formatMoney(price, inLanguage)}` : ''}  [${product.id}]\n     ${score.toFixed(3)}  ${reasons.join(' · ')}`;
}
