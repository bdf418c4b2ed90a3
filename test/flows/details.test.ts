import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language, Product, Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const config = temporaryConfig({ MODELS: 'none' });
let app: App;

const shirt = (color: string, size: string, quantity: number): Product =>
  product({
    id: `shirt-${color}-${size}`,
    title: `Linen ${color} blouse`,
    itemGroupId: 'shirt',
    color,
    size,
    quantity,
    material: 'linen',
    language: 'en',
    brand: 'Aurora',
    price: { minor: 3000, currency: 'EUR' },
    rating: 4.2,
    reviewCount: 50,
    reviews: [
      { text: 'Light, and cool in summer.', rating: 5, language: 'en' },
      { text: 'It shrank.', rating: 2, language: 'en-GB' },
      { text: '夏天穿很凉快。', rating: 5, language: 'zh' },
      { text: 'Muy fresca.', rating: 4, language: 'es' },
    ],
    texts: { zh: { title: `亚麻衬衫 ${color}` }, es: { title: `Camisa de lino ${color}` } },
  });

const other = (id: string, euros: number, fields: Partial<Product> = {}): Product =>
  product({
    id,
    title: `${id} blouse`,
    color: 'white',
    size: 'M',
    quantity: 20,
    language: 'en',
    price: { minor: euros * 100, currency: 'EUR' },
    texts: { zh: { title: `${id} 衬衫` }, es: { title: `Camisa ${id}` } },
    ...fields,
  });

beforeAll(async () => {
  app = createApp(config);
  app.products.upsert([
    shirt('red', 'M', 3),
    shirt('red', 'L', 0),
    shirt('blue', 'M', 12),
    shirt('blue', 'L', 7),
    other('Cotton', 33, { material: 'cotton' }),
    other('Gone', 30, { quantity: 0 }),
    other('Large', 30, { size: 'L', color: 'red' }),
    other('Silk', 300),
    product({ id: 'lamp', title: 'Lamp', quantity: 0, texts: { zh: { title: '台灯' }, es: { title: 'Lámpara' } } }),
  ]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

/** A conversation in which a product's details were shown. */
async function lookingAt(id: string, language: Language): Promise<ReturnType<typeof shopper>> {
  const say = shopper(app, language);
  await say('x', { name: 'details', productId: id });
  return say;
}

const plain = (text: string) => text.replace(/\u00a0/g, ' ').split('\n');
const ids = ({ cards }: Reply) => cards.map(({ productId }) => productId);

it('details say what there is, what reviewers write, and how it comes and goes back', async () => {
  const reply = await shopper(app)('Details', { name: 'details', productId: 'shirt-red-M' });
  expect(plain(reply.text)).toEqual([
    'Linen red blouse',
    '',
    'brand: Aurora · colour: red · size: M · material: linen',
    '',
    'Only 3 left',
    'Sizes: M · Sold out: L',
    'Colours: blue, red',
    '',
    'Average rating: 4.2 of 5 ★ · reviews: 50',
    'Written reviews here: 4 (5 ★ × 2, 4 ★ × 1, 2 ★ × 1) · content (4–5 ★): 3 of 4',
    '“Light, and cool in summer.” – 5 ★',
    '“It shrank.” – 2 ★',
    '',
    'Delivery: Standard delivery takes 3 to 5 working days within the EU. […] (How long does delivery take?)',
    'Returns and refunds: You can return anything within 30 days of its arrival, without giving a reason. […] (How long can I return something?)',
  ]);
  expect(reply.suggestions.map(({ title }) => title)).toEqual(['blue']);
});

it.each<[Language, string, string[]]>([
  [
    'en',
    'what do reviewers say about it?',
    ['Average rating: 4.2 of 5 ★ · reviews: 50', '“Light, and cool in summer.” – 5 ★', '“It shrank.” – 2 ★'],
  ],
  ['zh', '大家怎么评价这个', ['平均评分：4.2/5 ★ · 评价数：50', '“夏天穿很凉快。” – 5 ★']],
  ['es', 'opiniones de este', ['Valoración media: 4,2 de 5 ★ · opiniones: 50', '“Muy fresca.” – 4 ★']],
  ['de', 'was sagen die Bewertungen?', ['“Light, and cool in summer.” – 5 ★ (auf Englisch)']],
  ['en', 'is it in stock?', ['Only 3 left', 'Sizes: M · Sold out: L']],
  ['zh', '这个有货吗？', ['仅剩3件', '尺码：M · 已售完：L']],
  ['es', '¿está disponible?', ['Solo quedan 3', 'Tallas: M · Agotado: L']],
  ['en', 'do you have it in blue?', ['Linen blue blouse', 'In stock: 12']],
  ['zh', '这个有蓝色的吗', ['亚麻衬衫 blue', '有货：12件']],
  ['es', '¿lo tienes en azul?', ['Camisa de lino blue', 'En stock: 12']],
  ['en', 'do you have it in size XL?', ['There is no such one of Linen red blouse.', 'Sizes: M · Sold out: L']],
  ['en', 'which sizes are there?', ['Sizes: M · Sold out: L']],
  ['zh', '有什么尺码？', ['尺码：M · 已售完：L']],
  ['es', '¿qué tallas hay?', ['Tallas: M · Agotado: L']],
  ['en', 'what colours does it come in?', ['Colours: blue, red']],
  ['zh', '有什么颜色？', ['颜色：蓝色, 红色']],
  ['es', '¿en qué colores viene?', ['Colores: azul, rojo']],
  ['en', 'what is it made of?', ['material: linen']],
  ['zh', '这个是什么材质的？', ['材质: 亚麻']],
  ['es', '¿de qué está hecho?', ['material: lino']],
])('%s: “%s” is answered with just that', async (language, says, lines) => {
  const reply = await (await lookingAt('shirt-red-M', language))(says);
  expect(plain(reply.text)).toEqual(expect.arrayContaining(lines));
  expect(plain(reply.text).length).toBeLessThan(6);
});

it.each<[Language, string, string, string]>([
  ['en', 'what do reviewers say?', 'is it in stock?', 'what is it made of?'],
  ['zh', '评价怎么样', '这个有货吗', '是什么材质的'],
  ['es', '¿qué opina la gente?', '¿está disponible?', '¿de qué está hecho?'],
])('%s: says so where the feed has none of it', async (language, reviews, stock, material) => {
  const say = await lookingAt('lamp', language);
  const texts = {
    en: ['Nobody has reviewed it yet.', 'Sold out', "The shop doesn't say what it is made of."],
    zh: ['还没有人评价过。', '已售罄', '商店没有说明它的材质。'],
    es: ['Todavía nadie ha opinado.', 'Agotado', 'La tienda no dice de qué está hecho.'],
  }[language as 'en' | 'zh' | 'es'];
  for (const [index, question] of [reviews, stock, material].entries())
    expect(plain((await say(question)).text)).toContain(texts[index]);
});

it.each<[Language, string, string, string]>([
  ['en', 'blouse', 'reviews of the first', 'which sizes are there?'],
  ['zh', '衬衫', '第一个的评价怎么样', '有什么尺码？'],
  ['es', 'camisa', 'opiniones del primero', '¿qué tallas hay?'],
])('%s: questions point at what was shown, and go on about it', async (language, search, reviews, sizes) => {
  const say = shopper(app, language);
  const [first] = ids(await say(search));
  expect((await say(sizes)).cards).toEqual([]);
  await say(search);
  expect(ids(await say(reviews))).toEqual([first]);
  expect(ids(await say(sizes))).toEqual([first]);
});

it.each<[Language, string]>([
  ['en', 'is it in stock?'],
  ['zh', '这个有货吗'],
  ['es', '¿está disponible?'],
])('%s: asks which product is meant where none was shown', async (language, says) => {
  expect((await shopper(app, language)(says)).text).toBe(app.translator.text(language, 'whichProduct'));
});

it.each<Language>(['en', 'zh', 'es'])('%s: a tapped colour shows that variant', async (language) => {
  const say = shopper(app, language);
  const { suggestions } = await say('x', { name: 'details', productId: 'shirt-red-M' });
  expect(ids(await say(suggestions[0]?.value ?? ''))).toEqual(['shirt-blue-M']);
});

const INSTEAD = {
  en: 'Instead of Linen red blouse: the same kind of thing in size L, in stock and near in price:',
  zh: '代替 亚麻衬衫 red：同类商品，L码，有货，价格相近：',
  es: 'En lugar de Camisa de lino red: lo mismo en su género en talla L, en stock y de precio parecido:',
};

it.each<[keyof typeof INSTEAD, string, string, string]>([
  ['en', 'something instead of it', 'Linen red blouse (L) is sold out.', 'add it in size L'],
  ['zh', '有什么可以代替这个', '亚麻衬衫 red (L) 已售完。', '把这个L码加入购物车'],
  ['es', 'algo en lugar de este', 'Camisa de lino red (L) está agotado.', 'añade este en talla L'],
])('%s: what is sold out is shown with substitutes, said plainly', async (language, wish, soldOut, add) => {
  const say = await lookingAt('shirt-red-L', language);
  const reply = await say(wish);
  expect(plain(reply.text)[0]).toBe(soldOut);
  expect(plain(reply.text).at(-1)).toBe(INSTEAD[language]);
  expect(reply.cards.map(({ productId, why }) => [productId, why.split(' · ').length])).toEqual([['Large', 2]]);
  await say('x', { name: 'details', productId: 'shirt-red-M' });
  const added = await say(add);
  expect([ids(added), plain(added.text).at(-1)]).toEqual([['Large'], INSTEAD[language]]);
  expect(added.basket).toBeUndefined();
});

it('substitutes stand behind what is sold out in its details, and are counted with it', async () => {
  const say = shopper(app, 'en', 'counting');
  const reply = await say('x', { name: 'details', productId: 'shirt-red-L' });
  expect(ids(reply)).toEqual(['shirt-red-L', 'Large']);
  expect((await say('add the second')).text).toContain('In your basket: Large blouse');
  expect((await say('add the first one in L')).text).toContain('Linen red blouse (L) is sold out.');
});

it('says that there is no substitute, and what of the item is in stock', async () => {
  const say = shopper(app);
  const none = await say('x', { name: 'basketAdd', productId: 'lamp' });
  expect(plain(none.text)).toEqual([
    'Lamp is sold out.',
    'I know of nothing else of this kind that is in stock and near in price.',
  ]);
  await say('x', { name: 'details', productId: 'shirt-red-L' });
  const blue = await say('what can I get instead?');
  expect(blue.suggestions.map(({ title }) => title)).toEqual(['M', 'blue']);
});
