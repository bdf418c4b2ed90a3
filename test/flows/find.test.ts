import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language, Product, Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const config = temporaryConfig({ MODELS: 'none' });
let app: App;

/** One row an item: its variants' colours and sizes, and what they share. */
const ITEMS: readonly (readonly [
  id: string,
  title: string,
  colors: readonly string[],
  euros: number,
  more: Partial<Product>,
])[] = [
  ['trail', 'Trail backpack', ['red', 'green'], 60, { brand: 'Aurora', material: 'nylon' }],
  ['city', 'City backpack', ['black'], 90, { brand: 'Norde', material: 'leather' }],
  ['day', 'Day backpack', ['black'], 40, { brand: 'Norde', material: 'cotton' }],
  ['peak', 'Peak backpack', ['blue'], 80, { brand: 'Norde', material: 'nylon' }],
  ['tiny', 'Tiny backpack', ['blue'], 25, { brand: 'Aurora', material: 'cotton', ageGroup: 'kids' }],
  ['moss', 'Moss backpack', ['green'], 50, { brand: 'Aurora', material: 'cotton' }],
  ['rust', 'Rust backpack', ['red'], 70, { brand: 'Norde', material: 'leather' }],
  ['mug', 'Mug', ['red'], 10, { material: 'ceramic' }],
  ['cup', 'Beer mug', ['blue'], 12, { material: 'glass' }],
];

beforeAll(async () => {
  app = createApp(config);
  app.products.upsert(
    ITEMS.flatMap(([id, title, colors, euros, more]) =>
      colors.flatMap((color) =>
        (id === 'trail' ? ['M', 'L'] : [undefined]).map((size) =>
          product({
            id: [id, color, ...(size ? [size] : [])].join('-'),
            ...{ title, color, itemGroupId: id, ...(size && { size }), ...more },
            price: { minor: euros * 100, currency: 'EUR' },
          }),
        ),
      ),
    ),
  );
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

const ids = ({ cards }: Reply) => cards.map(({ productId }) => productId);
const chipsOf = ({ suggestions }: Reply) => suggestions.filter(({ label }) => label !== undefined);

/** What is said first, what takes something back, and what the answer no longer and still names. */
it.each<[Language, string, string, string, string]>([
  ['en', 'black leather backpack', 'any colour', 'black', 'leather'],
  ['en', 'black leather backpack', 'forget the material', 'leather', 'black'],
  ['en', 'backpack under 95 €, no leather', 'leather is fine too', 'leather', '95'],
  ['zh', '黑色皮革双肩包', '颜色无所谓', '黑色', '皮'],
  ['zh', '双肩包，不要皮革', '皮革也可以', '皮', '双肩包'],
  ['es', 'mochila negra de cuero', 'el color da igual', 'negro', 'cuero'],
  ['es', 'mochila negra de cuero', 'cualquier material', 'cuero', 'negro'],
  ['fr', 'sac à dos noir en cuir', 'peu importe la couleur', 'noir', 'cuir'],
  // One word for the kind and the material: it stays, and no longer counts.
  ['de', 'schwarzer Lederrucksack', 'Material egal', 'Leder', 'schwarz'],
  ['ja', '黒い革のリュック', '色はなんでもいいです', 'ブラック', 'レザー'],
  ['pt', 'mochila preta de couro', 'a cor não importa', 'preto', 'couro'],
  ['ru', 'чёрный кожаный рюкзак', 'цвет не важен', 'чёрн', 'кож'],
])('%s: after “%s”, “%s” takes only that back', async (language, wish, says, gone, kept) => {
  const say = shopper(app, language);
  const before = await say(wish);
  expect(before.text).toMatch(new RegExp(gone, 'i'));
  const after = await say(says);
  expect(after.text).not.toMatch(new RegExp(gone, 'i'));
  expect(after.text).toMatch(new RegExp(kept, 'i'));
  expect(after.cards.length).toBeGreaterThan(0);
  expect(after.question).toBeUndefined();
  expect(chipsOf(after)).toHaveLength(chipsOf(before).length - 1);
});

it('chips take back what they name, the newest first, and what is said anew holds again', async () => {
  const say = shopper(app);
  await say('schwarzer Lederrucksack');
  await say('unter 95 €');
  const { suggestions, text } = await say('nicht gestreift');
  expect(text).toMatch(/schwarz.*Leder.*95.*gestreift/);
  expect(chipsOf({ suggestions } as Reply).map(({ title }) => title)).toEqual([
    expect.stringContaining('gestreift'),
    expect.stringContaining('95'),
    '✕ schwarz',
    '✕ Leder',
  ]);
  for (const { value, label } of chipsOf({ suggestions } as Reply)) {
    expect(label).toMatch(/^Entfernen: /);
    await say(value);
  }
  const open = await say('Mehr anzeigen');
  expect([open.text, chipsOf(open)]).toEqual([expect.not.stringMatching(/Leder|schwarz|95|gestreift/), []]);
  expect((await say('in Leder')).text).toContain('Leder');
});

it.each<[Language, string, string, string, string]>([
  ['en', 'backpack', 'black', 'green, to match my coat', "doesn't matter"],
  ['zh', '双肩包', '黑色', '绿色的吧', '随便，都行'],
  ['es', 'mochila', 'negro', 'verde, a juego con mi abrigo', 'me da lo mismo'],
  ['fr', 'sac à dos', 'noir', 'vert si possible', 'comme vous voulez'],
  ['de', 'Rucksack', 'schwarz', 'grün wäre schön', 'ist mir egal'],
  ['ja', 'リュック', 'ブラック', '緑がいいかな', 'お任せします'],
  ['pt', 'mochila', 'preto', 'verde seria bom', 'tanto faz'],
  ['ru', 'рюкзак', 'чёрный', 'зелёный было бы хорошо', 'мне всё равно'],
])('%s: “%s” asks for the colour, once', async (language, wish, tapped, typed, waived) => {
  const say = shopper(app, language);
  const asks = async () => {
    const { question, suggestions, cards } = await say(wish);
    expect(question).toEqual({ facet: 'color', values: ['green', 'red', 'blue', 'black'] });
    expect(cards).toHaveLength(6);
    return suggestions.map(({ value }) => value);
  };
  expect(await asks()).toContain(tapped);
  const black = await say(tapped);
  expect([ids(black).slice(0, 2), black.question]).toEqual([['city-black', 'day-black'], undefined]);
  await asks();
  const green = await say(typed);
  expect([ids(green).slice(0, 2).sort(), green.question]).toEqual([['moss-green', 'trail-green-L'], undefined]);
  await asks();
  const any = await say(waived);
  expect([any.cards.length, any.question, chipsOf(any)]).toEqual([6, undefined, []]);
  // It was said not to matter: nor is it asked for by what refines this search.
  expect((await say(waived)).question).toBeUndefined();
});

it.each<[Language, string, string, string]>([
  ['en', 'backpack', 'help', 'black'],
  ['zh', '双肩包', '帮助', '黑色'],
  ['es', 'mochila', 'ayuda', 'negro'],
])('%s: takes the question up again after something else came between', async (language, wish, between, answer) => {
  const say = shopper(app, language);
  expect((await say(wish)).question?.facet).toBe('color');
  const { text, suggestions } = await say(between);
  expect(text.split('\n').at(-1)).toBe(app.translator.text(language, 'ask.color'));
  expect(suggestions.map(({ value }) => value)).toContain(answer);
  expect(ids(await say(answer)).slice(0, 2)).toEqual(['city-black', 'day-black']);
});

it('asks nothing in a row, nor after few results, and a new wish is no answer', async () => {
  const say = shopper(app);
  expect((await say('mug')).question).toBeUndefined();
  expect((await say('backpack')).question?.facet).toBe('color');
  expect((await say('backpack please')).question).toBeUndefined();
  expect((await say('backpack')).question?.facet).toBe('color');
  expect(ids(await say('red mug'))).toEqual(['mug-red']);
  expect((await say('backpack')).question?.facet).toBe('color');
  expect((await say('no')).text).toBe('Here is what I found for backpacks:');
});

/** What is said of results that begin with the blue one, and the product that comes first then. */
it.each<[Language, string, string, string]>([
  ['en', 'red backpack from Aurora', 'the first one but in green', 'trail-green'],
  ['en', 'red backpack from Aurora', 'the same in L', 'trail-red-L'],
  ['en', 'blue backpack', 'like the first but cheaper', 'tiny-blue'],
  ['en', 'black backpack', 'like the first but for kids', 'tiny-blue'],
  ['en', 'black backpack', 'something like the second but in leather', 'city-black'],
  ['en', 'blue backpack', 'like the first one but from Aurora', 'tiny-blue'],
  ['zh', 'Aurora 红色双肩包', '第一个但是要绿色的', 'trail-green'],
  ['zh', '黑色双肩包', '跟第一个一样但是给孩子的', 'tiny-blue'],
  ['es', 'mochila roja de Aurora', 'la primera pero en verde', 'trail-green'],
  ['es', 'mochila negra', 'como la segunda pero de cuero', 'city-black'],
  ['fr', 'sac à dos rouge Aurora', 'comme le premier mais en vert', 'trail-green'],
  ['de', 'roter Rucksack von Aurora', 'der erste, aber in grün', 'trail-green'],
  ['ja', 'Aurora 赤いリュック', '1番目のだけど緑で', 'trail-green'],
  ['pt', 'mochila vermelha Aurora', 'a primeira mas em verde', 'trail-green'],
  ['ru', 'красный рюкзак Aurora', 'первый, но в зелёном', 'trail-green'],
])('%s: after “%s”, “%s” shows %s', async (language, wish, says, first) => {
  const say = shopper(app, language);
  await say(wish);
  const reply = await say(says);
  expect([ids(reply)[0], reply.text]).toEqual([expect.stringMatching(new RegExp(`^${first}`)), expect.any(String)]);
});

it('says so where nothing is like a product with a change, and goes on from what is closest', async () => {
  const say = shopper(app);
  await say('black backpack');
  const none = await say('the first one but in gold');
  expect(none.text).toMatch(/^I have nothing like City backpack with this change \(gold\)/);
  expect(none.cards.length).toBeGreaterThan(0);
  // The wish is now the product with its change, which refines and is taken back as any other.
  expect(ids(await say('in blue'))[0]).toMatch(/-blue$/);
});

it.each<[Language, string, string, string]>([
  ['en', 'red backpack', 'xyzzy plugh', 'the first one'],
  ['zh', '红色双肩包', '曲率引擎', '第一个'],
  ['es', 'mochila roja', 'xyzzy plugh', 'la primera'],
])('%s: what finds nothing leaves what was shown before', async (language, wish, nonsense, points) => {
  const say = shopper(app, language);
  const [first] = ids(await say(wish));
  const nothing = await say(nonsense);
  expect([nothing.cards, nothing.text]).toEqual([[], app.translator.text(language, 'nothingKept')]);
  expect(ids(await say(points))).toEqual([first]);
});
