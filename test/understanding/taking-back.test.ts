import { join } from 'node:path';
import { commandOf } from '../../src/assistant/pointing';
import { packageRoot } from '../../src/config';
import {
  heldIn,
  LANGUAGES,
  type Language,
  NO_ATTRIBUTES,
  type PriceRange,
  REMOVABLE,
  type Removable,
  type StructuredQuery,
  wantedOf,
} from '../../src/domain';
import { answersTo, chips, Translator } from '../../src/reply';
import {
  GrammarCommands,
  LexiconParser,
  LexiconPhrases,
  LexiconVocabulary,
  loadCommands,
  loadLexicons,
} from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const lexicons = loadLexicons(LOCALES);
const files = loadCommands(LOCALES);
const commands = new GrammarCommands(files);
const phrases = new LexiconPhrases(lexicons);
const parser = new LexiconParser(lexicons, {});
const vocabulary = new LexiconVocabulary(lexicons);
const translator = new Translator(LOCALES, ['reply']);
const tools = { translator, vocabulary, currency: 'EUR' };

const parse = (text: string, language: Language) =>
  parser.parse(text, { language, currency: 'EUR', brands: ['Aurora'] });
/** What a message takes back: facets, or words that name what was not wanted. */
function taken(text: string, language: Language): readonly string[] | undefined {
  if (phrases.recognise(text, language)?.intent === 'anyPrice') return ['price'];
  const said = commands.recognise(text, language);
  if (said?.action === 'noPreference') return ['*'];
  if (said?.action !== 'takeBack') return undefined;
  return said.facets ?? [said.change ?? ''];
}

const BOUND: PriceRange = { max: { minor: 5000, currency: 'EUR' } };
const all = (language: Language): StructuredQuery => ({
  text: '',
  language,
  wanted: {
    ...NO_ATTRIBUTES,
    colors: ['black'],
    materials: ['cotton'],
    patterns: ['striped'],
    sizes: ['M'],
    brands: ['Aurora'],
    kids: true,
    conditions: ['new'],
  },
  unwanted: NO_ATTRIBUTES,
  price: BOUND,
  inStockOnly: true,
  onSaleOnly: true,
  sort: 'rating',
  keywords: '',
  freeText: '',
});

describe.each(LANGUAGES)('%s', (language) => {
  it('every chip says what takes just that back', () => {
    const query = all(language);
    const held = heldIn(query);
    expect(held.map(({ facet }) => facet)).toEqual(REMOVABLE);
    for (const one of held) {
      const [chip] = chips(query, [one], language, tools);
      expect([chip?.value, taken(chip?.value ?? '', language)]).toEqual([chip?.value, [one.facet]]);
      expect(chip?.label).not.toBe(chip?.title);
    }
  });

  it('what is not wanted is allowed again by its chip', () => {
    for (const [list, facet, id] of [
      ['materials', 'material', 'leather'],
      ['colors', 'color', 'red'],
      ['patterns', 'pattern', 'striped'],
    ] as const) {
      const query = { ...all(language), unwanted: { ...NO_ATTRIBUTES, [list]: [id] } };
      const [chip] = chips(query, [{ facet, not: id }], language, tools);
      const [words = ''] = taken(chip?.value ?? '', language) ?? [];
      expect([chip?.value, words, parse(words, language).wanted[list]]).toEqual([chip?.value, words, [id]]);
    }
  });

  it('every answer to a question is understood, and so is that it does not matter', () => {
    const { file } = lexicons.byLanguage[language];
    const values = {
      kind: Object.keys(file.kinds),
      color: Object.keys(file.colors),
      material: Object.keys(file.materials),
      pattern: Object.keys(file.patterns),
      audience: ['female', 'male', 'kids'],
      size: ['XS', 'M', 'XL', '41', '128'],
      brand: ['Aurora'],
    } as const;
    const lost: string[] = [];
    for (const [facet, ids] of Object.entries(values) as [keyof typeof values, readonly string[]][]) {
      for (const id of ids) {
        const [answer, none] = answersTo({ facet, values: [id] }, language, tools);
        const query = parse(answer?.value ?? '', language);
        const found =
          facet === 'kind'
            ? query.wanted.kinds
            : facet === 'material'
              ? query.wanted.materials
              : wantedOf(query, facet);
        const text = answer?.value ?? '';
        // Longer names are no command as a whole; looking each of them up takes the suite's time.
        const said = /\s/.test(text) ? undefined : commands.recognise(text, language);
        const asked = { about: 'facet', facet, values: [id] } as const;
        if (!found.includes(id) || (said && commandOf(said, { text, asked, hint: language }, vocabulary)))
          lost.push(`${facet} ${id}: ${answer?.value}`);
        expect(taken(none?.value ?? '', language)).toEqual(['*']);
      }
    }
    expect(lost).toEqual([]);
    for (const [range, min, max] of [
      ['-4500', undefined, 4500],
      ['4500-150000', 4500, 150_000],
      ['150000-', 150_000, undefined],
    ] as const) {
      const [answer] = answersTo({ facet: 'price', values: [range] }, language, tools);
      const { price } = parse(answer?.value ?? '', language);
      expect([answer?.value, price?.min?.minor, price?.max?.minor]).toEqual([answer?.value, min, max]);
    }
  });

  it('a facet is called by names of its own', () => {
    const owners = new Map<string, Removable | 'kind'>();
    for (const facet of ['kind', ...REMOVABLE] as const) {
      const { names, free } = files[language].facets[facet];
      for (const name of [...names, ...free]) {
        expect([name, owners.get(name) ?? facet]).toEqual([name, facet]);
        owners.set(name, facet);
      }
      expect(names.length).toBeGreaterThan(0);
    }
  });
});

it.each<[Language, string, readonly string[] | undefined]>([
  ['en', 'any colour', ['color']],
  ['en', 'forget the brand', ['brand']],
  ['en', "colour doesn't matter", ['color']],
  ['en', 'without the colour please', ['color']],
  ['en', "don't care about the brand", ['brand']],
  ['en', 'no particular brand', ['brand']],
  ['en', 'it does not have to be leather', ['leather']],
  ['en', 'whatever, you choose', ['*']],
  ['en', "doesn't matter", ['*']],
  ['en', "I don't mind", ['*']],
  ['en', 'up to you really', ['*']],
  ['en', 'not fussed', ['*']],
  ['en', 'black', undefined],
  ['en', 'any black shoes', undefined],
  ['zh', '颜色无所谓', ['color']],
  ['zh', '不限品牌', ['brand']],
  ['zh', '牌子无所谓', ['brand']],
  ['zh', '什么颜色都行', ['color']],
  ['zh', '皮革也可以', ['皮革']],
  ['zh', '随便，都行', ['*']],
  ['zh', '你看着办', ['*']],
  ['zh', '没什么要求', ['*']],
  ['zh', '黑色的', undefined],
  ['es', 'cualquier color', ['color']],
  ['es', 'olvida la marca', ['brand']],
  ['es', 'el color da igual', ['color']],
  ['es', 'sin el color', ['color']],
  ['es', 'el cuero también vale', ['cuero']],
  ['es', 'me da lo mismo', ['*']],
  ['es', 'lo que tú veas', ['*']],
  ['es', 'en negro', undefined],
  ['fr', 'peu importe la couleur', ['color']],
  ['fr', 'pas de marque précise', ['brand']],
  ['fr', 'oublie la marque', ['brand']],
  ['fr', "ça m'est égal", ['*']],
  ['fr', 'comme vous voulez', ['*']],
  ['de', 'Farbe egal', ['color']],
  ['de', 'die Marke ist mir egal', ['brand']],
  ['de', 'Leder ist auch ok', ['Leder']],
  ['de', 'spielt keine Rolle', ['*']],
  ['de', 'keine Ahnung, such du aus', ['*']],
  ['ja', '色はなんでもいいです', ['color']],
  ['ja', 'メーカーは問いません', ['brand']],
  ['ja', '色の条件を外して', ['color']],
  ['ja', 'お任せします', ['*']],
  ['ja', '特に希望はありません', ['*']],
  ['pt', 'tanto faz a marca', ['brand']],
  ['pt', 'a cor não importa', ['color']],
  ['pt', 'vc que sabe', ['*']],
  ['pt', 'ah tanto faz', ['*']],
  ['ru', 'цвет не важен', ['color']],
  ['ru', 'любая фирма', ['brand']],
  ['ru', 'кожа тоже подойдёт', ['кожа']],
  ['ru', 'всё равно', ['*']],
  ['ru', 'сами решайте', ['*']],
])('%s: “%s”', (language, says, expected) => {
  expect(taken(says, language)).toEqual(expected);
});
