import { type Command, InvalidArgumentError } from 'commander';
import type { HardFilters, RankedProduct } from '../domain';
import { LANGUAGES, type Language, languageOf, textIn, VitrineError } from '../domain';
import { formatMoney } from '../reply';
import { FILTER_NAMES } from '../retrieval';
import { configOf, withApp } from './context';

interface SearchFlags {
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
    .argument('<words>', 'what the shopper says')
    .option('--lang <language>', `the conversation's language: ${LANGUAGES.join(', ')}`, language)
    .option('--filter <name=value>', 'only products with this attribute (repeatable)', filter, {})
    .option('--k <number>', 'how many results', count, 10)
    .option('--json', 'print {query, results, timings} as JSON')
    .action(async (words: string, flags: SearchFlags) => {
      if (words.trim() === '') throw new VitrineError('QUERY_INVALID', 'the words to search for are empty');
      await withApp(configOf(command), async (app) => {
        const outcome = await app.search(words, {
          limit: flags.k,
          filters: flags.filter as HardFilters,
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

function line({ product, score, why }: RankedProduct, index: number, inLanguage: Language): string {
  const price = product.salePrice ?? product.price;
  const reasons = [
    ...Object.entries(why.attributes).map(
      ([name, values]) => `${name}${values.length > 0 ? ` ${values.join('+')}` : ''}`,
    ),
    ...(why.words.length > 0 ? [`words ${why.words.join(', ')}`] : []),
    ...why.missing.map((name) => `not ${name}`),
  ];
  const { title } = textIn(product, inLanguage);
  return `${String(index + 1).padStart(3)}. ${title}${price ? `  ${formatMoney(price, inLanguage)}` : ''}  [${product.id}]\n     ${score.toFixed(3)}  ${reasons.join(' · ')}`;
}
