import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { LANGUAGES, type Reply } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const NOW = Date.UTC(2026, 10, 27);
const BRANDS = ['Aurora', 'Nimbus', 'Zephyr'];
const KINDS = ['mug', 'teapot', 'bowl', 'scarf', 'coat'];
/** The mugs among the first cards. */
const mugs = (reply: Reply) => reply.cards.map(({ productId }) => productId).filter((id) => id.endsWith('-mug'));
const ids = (reply: Reply) => reply.cards.map(({ productId }) => productId);

let app: App;
beforeAll(async () => {
  // No encoder: a taste for a brand needs none.
  app = createApp(temporaryConfig({ MODELS: 'none' }), { clock: () => NOW });
  app.products.upsert(
    KINDS.flatMap((kind) =>
      BRANDS.map((brand, i) =>
        product({ id: `${brand}-${kind}`, title: `${kind} red`, brand, color: 'red', rating: 5 - i, reviewCount: 100 }),
      ),
    ),
  );
  await app.indexer.sync({});
  const ann = { channel: 'test', userId: 'ann' };
  app.profiles.giveConsent(ann);
  for (const kind of ['teapot', 'bowl', 'scarf']) {
    app.profiles.record(ann, { productId: `Zephyr-${kind}`, kind: 'like', at: NOW });
  }
  app.profiles.record(ann, { productId: 'Aurora-coat', kind: 'view', at: NOW });
});
afterAll(async () => {
  await app.close();
  rmSync(app.config.DATA_DIR, { recursive: true, force: true });
});

it('puts a liked brand first among what meets a wish equally well, and says so', async () => {
  const reply = await shopper(app, 'en', 'ann')('red mug');
  // Things of the brand that are no mugs stay behind all mugs.
  expect(ids(reply).slice(0, 3)).toEqual(['Zephyr-mug', 'Aurora-mug', 'Nimbus-mug']);
  expect(reply.cards[0]?.why).toContain('you seem to like Zephyr');
  expect(reply.cards[1]?.why).not.toContain('seem to like');
  expect(mugs(await shopper(app, 'en', 'bob')('red mug'))[0]).toBe('Aurora-mug');
});

it('gives way to a brand that is asked for, or not wanted, and to an order', async () => {
  const say = shopper(app, 'en', 'ann');
  expect(ids(await say('Nimbus mug'))[0]).toBe('Nimbus-mug');
  expect(mugs(await say('red mug but not Zephyr'))).toEqual(['Aurora-mug', 'Nimbus-mug']);
  expect(mugs(await say('best rated mug'))).toEqual(['Aurora-mug', 'Nimbus-mug', 'Zephyr-mug']);
});

it('lifts a liked brand in "for you"', async () => {
  // By rating alone, those of Aurora come first; what is liked already is left out.
  const reply = await shopper(app, 'en', 'ann')('for you');
  expect(ids(reply).slice(0, 2).sort()).toEqual(['Zephyr-coat', 'Zephyr-mug']);
});

it.each(LANGUAGES)('tells a shopper of it who asks what is known (%s)', async (language) => {
  const question = app.translator.text(language, 'suggestions.whatYouKnow');
  const told = await shopper(app, language, 'ann')(question);
  expect(told.text).toContain(app.translator.text(language, 'known.brands', { list: 'Zephyr' }));
  app.profiles.giveConsent({ channel: 'test', userId: `new-${language}` });
  expect((await shopper(app, language, `new-${language}`)(question)).text).not.toContain('Zephyr');
});
