import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language } from '../../src/domain';
import { LexiconParser, loadLexicons } from '../../src/understanding';

const parser = new LexiconParser(loadLexicons(join(packageRoot(), 'locales')), {});

/** Words beside a photo that only point at it: nothing of them is looked for. */
const POINTING: Readonly<Record<Language, readonly string[]>> = {
  en: ['something like this', 'do you have this?', 'find this', 'how much is this', 'I want this', 'similar to this'],
  zh: ['有没有这样的', '找这个', '类似这个', '这个多少钱', '和这个一样的'],
  es: ['algo como esto', '¿tienen esto?', 'busco esto', 'parecido a esto'],
  fr: ['quelque chose comme ça', 'avez-vous ceci ?', 'je cherche ça'],
  de: ['so etwas', 'habt ihr das?', 'etwas Ähnliches'],
  ja: ['これはありますか', 'こういうの', 'これと同じもの', 'これに似たもの'],
  pt: ['algo assim', 'vocês têm isso?', 'parecido com isto'],
  ru: ['что-то такое', 'у вас есть такое?', 'похожее на это', 'найди это'],
};

/** … and what they ask of it, which counts. */
const ASKING: readonly (readonly [Language, string, object])[] = [
  ['en', 'this in blue', { colors: ['blue'] }],
  ['en', 'the same in leather', { materials: ['leather'] }],
  ['en', 'for kids', { kids: true }],
  ['zh', '这个要蓝色的', { colors: ['blue'] }],
  ['zh', '给孩子的', { kids: true }],
  ['es', 'esto en azul', { colors: ['blue'] }],
  ['es', 'lo mismo en cuero', { materials: ['leather'] }],
  ['fr', 'ça en bleu', { colors: ['blue'] }],
  ['de', 'dieses in Blau', { colors: ['blue'] }],
  ['de', 'das gleiche in Leder', { materials: ['leather'] }],
  ['ja', 'これの青', { colors: ['blue'] }],
  ['pt', 'isso em azul', { colors: ['blue'] }],
  ['ru', 'это в синем', { colors: ['blue'] }],
  ['ru', 'такой же из кожи', { materials: ['leather'] }],
];

const parse = (text: string, language: Language) => parser.parse(text, { language, currency: 'EUR', brands: [] });

it.each(Object.entries(POINTING) as [Language, readonly string[]][])(
  'nothing is looked for in %s',
  (language, texts) => {
    for (const text of texts) {
      const { freeText, keywords, wanted } = parse(text, language);
      expect({ text, freeText, keywords, kinds: wanted.kinds }).toEqual({
        text,
        freeText: '',
        keywords: '',
        kinds: [],
      });
    }
  },
);

it.each(ASKING)('%s: %s', (language, text, expected) => {
  const { freeText, wanted } = parse(text, language);
  expect({ freeText, kinds: wanted.kinds }).toEqual({ freeText: '', kinds: [] });
  expect(wanted).toMatchObject(expected);
});

it('knows a price beside a photo', () => {
  expect(parse('cheaper than 40', 'en').price?.max?.minor).toBe(4_000);
  expect(parse('this one but cheaper', 'en').sort).toBe('price_ascending');
});

it.each<[Language, string, string]>([
  ['en', 'too expensive', 'the cheapest one'],
  ['de', 'zu teuer', 'am günstigsten'],
  ['es', 'demasiado caro', 'el más barato'],
  ['fr', 'trop cher', 'le moins cher'],
  ['ja', '高すぎる', '一番安い'],
  ['pt', 'caro demais', 'o mais barato'],
  ['ru', 'слишком дорого', 'самый дешёвый'],
  ['zh', '太贵了', '最便宜'],
])('tells "cheaper" from "the cheapest" (%s)', (language, cheaper, cheapest) => {
  expect(parse(cheaper, language)).toMatchObject({ cheaper: true, sort: 'price_ascending', freeText: '' });
  expect(parse(cheapest, language)).toMatchObject({ sort: 'price_ascending', freeText: '' });
  expect(parse(cheapest, language).cheaper).toBeUndefined();
});
