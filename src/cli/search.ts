import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../app';
import { MOST_VOICE_BYTES, VOICE_WEIGHTS } from '../assistant';
import type { HardFilters, Heard, RankedProduct } from '../domain';
import { LANGUAGES, type Language, languageOf, textIn, VitrineError } from '../domain';
import { formatMoney } from '../reply';
import { FILTER_NAMES } from '../retrieval';
import { configOf, withApp } from './context';
import { readFlagFile } from './read-file';

/** As the limits in chat. */
const MOST_PHOTO_MEGABYTES = 10;
const MOST_VOICE_MEGABYTES = MOST_VOICE_BYTES / 1024 ** 2;

interface SearchFlags {
  readonly photo: readonly string[];
  readonly voice: readonly string[];
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
    .argument('[words]', 'what the shopper says; may be left out beside a photo or a voice note')
    .option('--photo <file>', 'a photo of what is looked for (repeatable: all are one query)', collect, [])
    .option('--voice <file>', 'a voice note that says what is looked for (repeatable: all are one query)', collect, [])
    .option('--lang <language>', `the conversation's language: ${LANGUAGES.join(', ')}`, language)
    .option('--filter <name=value>', 'only products with this attribute (repeatable)', filter, {})
    .option('--k <number>', 'how many results', count, 10)
    .option('--json', 'print {query, results, timings} as JSON')
    .action(async (words = '', flags: SearchFlags) => {
      if (words.trim() === '' && flags.photo.length === 0 && flags.voice.length === 0) {
        const message = 'the words to search for are empty, and there is neither --photo nor --voice';
        throw new VitrineError('QUERY_INVALID', message);
      }
      await withApp(configOf(command), async (app, signal) => {
        const photo = flags.photo.length > 0 ? await photoOf(app, flags.photo) : undefined;
        const hint = { signal, ...(flags.lang && { language: flags.lang }) };
        const heard = flags.voice.length > 0 ? await heardIn(app, flags.voice, hint) : undefined;
        if (heard && !flags.json) process.stdout.write(heardLine(heard));
        const text = [words.trim(), heard?.text ?? ''].filter(Boolean).join('\n');
        if (text === '' && !photo)
          throw new VitrineError('QUERY_INVALID', 'no word was understood, and there is no --photo');
        const language = flags.lang ?? heard?.language;
        const outcome = await app.search(text, {
          limit: flags.k,
          filters: flags.filter as HardFilters,
          ...(photo && { photo }),
          ...(heard && heard.text !== '' && { voice: heard }),
          ...(language && { language }),
        });
        if (flags.json) {
          const results = outcome.results.map(({ product, score, why }) => ({
            id: product.id,
            title: textIn(product, outcome.query.language).title,
            score,
            why,
          }));
          const { query, relaxed, counted, timings } = outcome;
          const said = heard && { text: heard.text, confidence: heard.confidence, language: heard.language };
          const whole = { ...(said && { heard: said }), query, relaxed, ...(counted && { counted }), results, timings };
          process.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
          return;
        }
        if (outcome.results.length === 0) process.stdout.write('Nothing found.\n');
        if (outcome.counted && Object.keys(outcome.counted).length > 1)
          process.stdout.write(`Counted: ${sharesIn(outcome.counted)}\n`);
        if (outcome.relaxed.length > 0) process.stdout.write(`Relaxed: ${outcome.relaxed.join(', ')}\n`);
        outcome.results.forEach((result, index) => {
          process.stdout.write(`${line(result, index, outcome.query.language)}\n`);
        });
      });
    });
}

/** The vector of photo files. Throws QUERY_INVALID for files that can't be read, PICTURE_* and MODEL_MISSING. */
async function photoOf(app: App, files: readonly string[]): Promise<Float32Array> {
  const photos = await Promise.all(files.map((file) => readFlagFile('--photo', file, MOST_PHOTO_MEGABYTES)));
  const vector = await app.photoVector(photos);
  if (!vector) throw new VitrineError('MODEL_MISSING', "there is no image encoder: photos can't be searched");
  return vector;
}

/** What is said in voice notes. Throws QUERY_INVALID for files that can't be read, VOICE_*, RECOGNISER_FAILED and MODEL_*. */
async function heardIn(
  app: App,
  files: readonly string[],
  options: { readonly language?: Language; readonly signal: AbortSignal },
): Promise<Heard> {
  const recordings = await Promise.all(files.map((file) => readFlagFile('--voice', file, MOST_VOICE_MEGABYTES)));
  return app.hear(recordings, options);
}

function heardLine({ text, language, confidence }: Heard): string {
  const said = text === '' ? 'Heard no word that was understood' : `Heard: “${text}”`;
  const sure = confidence < VOICE_WEIGHTS.unsure ? ': in chat the shopper would be asked' : '';
  return `${said} (${language ?? 'language unknown'}, confidence ${confidence.toFixed(2)}${sure})\n`;
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

/** `words 60 %, photo 40 %` */
function sharesIn(shares: Readonly<Record<string, number>>): string {
  return Object.entries(shares)
    .map(([modality, share]) => `${modality} ${Math.round(100 * share)} %`)
    .join(', ');
}
