import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES, LATIN, type Language } from '../../src/domain';
import { trainLanguages } from '../../src/training';
import { LanguageWeights, LexiconAnalyzer, languageFeatures, loadLexicons } from '../../src/understanding';
import { judgeLanguages, readSaid, wordsOf } from '../bench/languages';

const LOCALES = join(packageRoot(), 'locales');
const analyzer = new LexiconAnalyzer(loadLexicons(LOCALES));
const detect = (text: string, hint?: Language) => analyzer.detectLanguage(text, hint);

/** The conversation's language, a message, and its own language. */
const SAID: readonly [Language | undefined, string, Language][] = [
  ['es', 'tres, que se ensucian mucho', 'es'],
  ['es', 'm la llevo', 'es'],
  ['en', 'this in an XL', 'en'],
  ['de', 'ok schick ab', 'de'],
  ['de', 'ok her damit', 'de'],
  ['fr', 'une seule ça ira', 'fr'],
  ['pt', 'pode ser a de couro', 'pt'],
  ['es', 'ok', 'es'],
  ['fr', 'M', 'fr'],
  ['pt', '40', 'pt'],
  ['es', 'Aurora', 'es'],
  ['ja', 'Nike', 'ja'],
  ['ru', 'Samsung Galaxy', 'ru'],
  ['de', 'me@example.com', 'de'],
  ['es', 'do you have this in blue?', 'en'],
  ['en', 'hola, busco zapatos', 'es'],
  ['pt', 'ich suche eine rote Tasse', 'de'],
  ['es', 'quero uma mochila vermelha', 'pt'],
  ['pt', 'busco una mochila roja', 'es'],
  ['zh', 'je cherche un sac', 'fr'],
  ['ru', 'running shoes', 'en'],
  ['ja', '你会说英语吗', 'zh'],
  ['ja', '黒色', 'ja'],
  ['ja', 'Mirabel 風船', 'ja'],
  ['zh', '红色', 'zh'],
  ['en', '背包', 'zh'],
  ['en', 'зонт', 'ru'],
  [undefined, 'hola', 'es'],
  [undefined, 'merci beaucoup', 'fr'],
  [undefined, 'oi, tudo bem?', 'pt'],
  [undefined, 'wo bleibt mein Paket', 'de'],
  [undefined, '送料無料', 'ja'],
  [undefined, '免运费', 'zh'],
  [undefined, '👍', 'en'],
];

it.each(SAID)('%s: %s', (hint, text, language) => {
  expect(detect(text, hint)).toBe(language);
});

/** Shares below which no language must fall; a little under what was measured. */
const FLOORS = {
  phrases: { alone: 0.95, kept: 0.985, left: 0.96 },
  queries: { alone: 0.95, kept: 0.985, left: 0.95 },
} as const;

describe.each(['phrases', 'queries'] as const)('validation %s', (set) => {
  const said = readSaid(set);

  it.each(LANGUAGES)('of %s are told from other languages', (language) => {
    const own = said.filter((each) => each.language === language);
    const { alone, kept } = judgeLanguages(own, detect);
    // Of a word or two a conversation's language may well be kept, of a text in the same script.
    const long = own.filter((each) => !LATIN.includes(language) || wordsOf(each) > 3);
    const { left } = judgeLanguages(long, detect);
    const low = Object.entries({ alone, kept, left }).filter(
      ([name, { right, of }]) => right / of < FLOORS[set][name as keyof (typeof FLOORS)['phrases']],
    );
    expect(low).toEqual([]);
  });
});

it('learns to tell languages apart, the same each time', () => {
  const phrases = (['es', 'pt'] as const).flatMap((language) =>
    (language === 'es' ? ['la llevo', 'quiero dos', 'busco una'] : ['vou levar', 'quero duas', 'procuro uma']).map(
      (text) => ({ text, language, weight: 1 }),
    ),
  );
  const { weights, notes } = trainLanguages(phrases);
  const learnt = new LanguageWeights((notes.languages ?? '').split(' ') as Language[], weights);
  const [spanish = 0, portuguese = 0] = learnt.logShares('quiero', ['es', 'pt']);
  expect(spanish).toBeGreaterThan(portuguese);
  expect(Math.exp(spanish) + Math.exp(portuguese)).toBeCloseTo(1, 6);
  expect(trainLanguages(phrases).weights).toEqual(weights);
});

it('reads features whatever the case and the apostrophe', () => {
  expect(languageFeatures('J’ai')).toEqual(languageFeatures("j'AI"));
  expect(languageFeatures('12 €!')).toHaveLength(0);
});

it('a language that was never learnt is as likely as each of the others', () => {
  const weights = { buckets: { shape: [1 << 15, 1], data: new Float32Array(1 << 15) } };
  const [one = 0, other = 0] = new LanguageWeights(['en'], weights).logShares('hello', ['en', 'es']);
  expect([one, other]).toEqual([0, -Math.log(2)]);
  expect(() => new LanguageWeights(['en', 'es'], weights)).toThrow(expect.objectContaining({ code: 'MODEL_CORRUPT' }));
});
