import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language, StructuredQuery } from '../../src/domain';
import { LexiconParser, loadLexicons } from '../../src/understanding';

const lexicons = loadLexicons(join(packageRoot(), 'locales'));
const parser = new LexiconParser(lexicons, { USD: 0.86, CNY: 0.12, JPY: 0.0056, RUB: 0.0107, BRL: 0.16 });
const options = { currency: 'EUR', brands: ['Aurora', 'Kestrel', 'Nordhaus'] };
const parse = (text: string, language?: Language): StructuredQuery =>
  parser.parse(text, { ...options, ...(language && { language }) });

/** What a query asks for, in one short line: empty parts left out. */
function told({ wanted, unwanted, price, inStockOnly, onSaleOnly, sort, freeText }: StructuredQuery): string {
  const list = (name: string, values: readonly string[]) => (values.length > 0 ? [`${name}=${values.join('+')}`] : []);
  const parts = (attributes: StructuredQuery['wanted'], mark: string) => [
    ...list(`${mark}kind`, attributes.kinds),
    ...list(`${mark}group`, attributes.groups),
    ...list(`${mark}color`, attributes.colors),
    ...list(`${mark}material`, attributes.materials),
    ...list(`${mark}pattern`, attributes.patterns),
    ...list(`${mark}size`, attributes.sizes),
    ...list(`${mark}brand`, attributes.brands),
    ...list(`${mark}for`, attributes.kids ? ['kids'] : attributes.genders),
  ];
  return [
    ...parts(wanted, ''),
    ...parts(unwanted, '!'),
    ...(price ? [`price=${price.min?.minor ?? ''}..${price.max?.minor ?? ''}`] : []),
    ...(inStockOnly ? ['inStock'] : []),
    ...(onSaleOnly ? ['onSale'] : []),
    ...(sort === 'relevance' ? [] : [sort]),
    ...(freeText ? [`"${freeText}"`] : []),
  ].join(' ');
}

describe('understanding, by language', () => {
  it.each<[Language, string, string]>([
    ['en', 'red leather backpack under 50 €', 'kind=backpack color=red material=leather price=..5000'],
    [
      'en',
      'blue striped T-shirt size M for men, no polyester',
      'kind=t-shirt color=blue pattern=striped size=M for=male !material=polyester',
    ],
    ['en', 'laptop backpack', 'kind=backpack+laptop'],
    ['en', 'show me the cheapest headphones in stock', 'kind=headphones inStock price_ascending'],
    ['en', 'Kestrel sunglasses under fifty dollars', 'kind=sunglasses brand=Kestrel price=..4300'],
    ['en', 'cooking pot between 20 and 40', 'kind=cooking-pot price=2000..4000'],
    ['en', 'bakpack', 'kind=backpack "bakpack"'],
    ['zh', '200元以下的红色背包', 'kind=backpack color=red price=..2400'],
    ['zh', '二百元以内的皮革手提包', 'kind=handbag material=leather price=..2400'],
    ['zh', '红的', 'color=red'],
    ['zh', '来两个红的', 'color=red'],
    ['es', 'mochila roja de cuero por menos de 50 euros', 'kind=backpack color=red material=leather price=..5000'],
    ['es', 'entre 20 y 40 euros zapatillas de correr para niño', 'kind=running-shoes for=kids price=2000..4000'],
    ['fr', 'robe à rayas rouge taille M', 'kind=dress color=red pattern=striped size=M'],
    ['fr', 'sac à dos rouge moins de 50 €', 'kind=backpack color=red price=..5000'],
    ['de', 'roter Lederrucksack unter 50 Euro', 'kind=backpack color=red material=leather price=..5000'],
    ['de', 'Kinderfahrrad blau', 'kind=bicycle color=blue for=kids'],
    ['de', 'Kopfhörer ohne Plastik auf Lager', 'kind=headphones !material=plastic inStock'],
    ['de', 'Rucksaecke', 'kind=backpack'],
    ['de', 'ein Hammer für höchstens fünfzehn Euro', 'kind=hammer price=..1500'],
    ['ru', 'ноутбук до пятисот евро', 'kind=laptop price=..50000'],
    ['ru', 'зелёненькую бы', 'color=green'],
    ['en', 'mugs w flowers on', 'kind=mug pattern=floral'],
    ['en', 'the green version', 'color=green'],
    ['ja', '赤い革のリュック 5000円以下', 'kind=backpack color=red material=leather price=..2800'],
    ['ja', '五千円以下のギター', 'kind=guitar price=..2800'],
    ['pt', 'tênis de corrida azul até 80 reais', 'kind=running-shoes color=blue price=..1280'],
    ['pt', 'vestido florido sem seda', 'kind=dress pattern=floral !material=silk'],
    ['ru', 'красный рюкзак до 3000 рублей', 'kind=backpack color=red price=..3210'],
    ['ru', 'кожаные ботинки без замши', 'kind=hiking-boots material=leather !material=suede'],
  ])('%s: %s', (language, text, expected) => {
    const query = parse(text);
    expect(query.language).toBe(language);
    expect(told(query)).toBe(expected);
  });

  it('remembers what was said in another currency', () => {
    expect(parse('200元以下的红色背包').price?.said).toEqual({ max: { minor: 20_000, currency: 'CNY' } });
  });

  it("lets the conversation's language decide where the words don't", () => {
    expect(parse('T-shirt', 'fr').language).toBe('fr');
    expect(parse('T-shirt', 'de').language).toBe('de');
    expect(parse('42', 'ru').language).toBe('ru');
    expect(parse('mochila roja', 'de').language).toBe('es');
  });

  it('keeps words that no attribute explains', () => {
    const query = parse('waterproof running shoes with reflective laces');
    expect(query.wanted.kinds[0]).toBe('running-shoes');
    expect(query.freeText.split(' ')).toEqual(expect.arrayContaining(['waterproof', 'reflective']));
  });
});

describe('understanding, hostile words', () => {
  it.each([
    ['a megabyte', 'red '.repeat(262_144)],
    ['lone surrogates and NUL', 'red \ud800 back\u0000pack \udfff'],
    ['10,000 combining marks', `red backpack ${'\u0301'.repeat(10_000)}`],
    ['digits without end', '9'.repeat(4_000)],
    ['nested separators', `${'1.'.repeat(2_000)}`],
    ['amounts without end', 'under 5 € '.repeat(400)],
    ['spaces without end', `red${' '.repeat(3_900)}€`],
    ['number words without end', 'one hundred '.repeat(330)],
    ['one Chinese word', '红'.repeat(4_000)],
    ['prototype names', '__proto__ constructor toString hasOwnProperty'],
    ['markup', '<img src=x onerror=alert(1)> [x](javascript:alert(1))'],
    ['emoji only', '👜👟🎸'],
    ['right to left', 'حقيبة حمراء'],
    ['nothing', ''],
  ])('%s ends with a query', (_, text) => {
    const query = parse(text);
    expect(query.wanted.kinds.length).toBeLessThan(10);
    expect(query.freeText.length).toBeLessThanOrEqual(4_000);
  });
});
