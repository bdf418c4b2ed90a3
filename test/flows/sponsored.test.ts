import type { App } from '../../src/app';
import { LANGUAGES } from '../../src/domain';
import { product, withTemporaryApp } from '../support/data-dir';
import { shopper } from './support/shopper';

const HOUR = 3_600_000;
let now: number;
beforeEach(() => {
  now = Date.UTC(2026, 10, 27);
});

/** Fourteen mugs that only their ratings tell apart; a bid in yen on the one that ranks last. */
const withShop = (action: (app: App) => Promise<void>, settings: object = { SPONSORED: 'on' }) =>
  withTemporaryApp(
    async (app) => {
      const number = (i: number) => String(i).padStart(2, '0');
      app.products.upsert(
        Array.from({ length: 14 }, (_, i) =>
          product({
            id: `mug-${number(i)}`,
            title: `Mug ${number(i)}`,
            color: i % 2 === 0 ? 'red' : 'blue',
            rating: 5 - i * 0.1,
            reviewCount: 500,
            price: { minor: 1_000 + i, currency: 'EUR' },
          }),
        ),
      );
      await app.indexer.sync({});
      app.bids.set([{ productId: 'mug-13', amount: { minor: 500, currency: 'JPY' } }]);
      await action(app);
    },
    { clock: () => now },
    { MODELS: 'none', SPEECH: 'none', ...settings },
  );

it('is off until a merchant turns it on', async () => {
  await withShop(async (app) => {
    const { cards } = await shopper(app)('mug');
    expect(cards.map(({ productId }) => productId)).not.toContain('mug-13');
    expect(cards.some(({ sponsored }) => sponsored)).toBe(false);
  }, {});
});

it('marks one card, shows it twice in 24 hours at most, and pages over all others once', async () => {
  await withShop(async (app) => {
    const say = shopper(app);
    const pages = [await say('mug'), await say('show more'), await say('show more')];
    const ids = pages.map(({ cards }) => cards.map(({ productId }) => productId));
    expect(pages.map(({ cards }) => cards.findIndex(({ sponsored }) => sponsored))).toEqual([1, 0, -1]);
    expect(pages[0]?.cards[1]).toMatchObject({ productId: 'mug-13', sponsored: 'Sponsored' });
    const organic = ids.flat().filter((id) => id !== 'mug-13');
    expect(organic).toEqual([...organic].sort());
    expect(new Set(organic).size).toBe(13);
    // A new search of the same conversation, then another conversation, then the next day.
    expect((await say('mug')).cards.some(({ sponsored }) => sponsored)).toBe(false);
    expect((await shopper(app)('mug')).cards.some(({ sponsored }) => sponsored)).toBe(true);
    now += 25 * HOUR;
    expect((await say('mug')).cards.some(({ sponsored }) => sponsored)).toBe(true);
  });
});

it('keeps out of orders that the shopper chose, and below what has all that was asked for', async () => {
  await withShop(async (app) => {
    expect((await shopper(app)('cheapest mug')).cards.some(({ sponsored }) => sponsored)).toBe(false);
    const { cards } = await shopper(app)('red mug');
    const place = cards.findIndex(({ sponsored }) => sponsored);
    // Seven red ones fill the page.
    expect(place).toBe(-1);
  });
});

const MUGS = {
  en: 'mug',
  zh: '马克杯',
  es: 'taza',
  fr: 'tasse',
  de: 'Becher',
  ja: 'マグカップ',
  pt: 'caneca',
  ru: 'кружка',
} as const;

it.each(LANGUAGES)('says in %s that a place was paid for', async (language) => {
  await withShop(async (app) => {
    const reply = await shopper(app, language)(MUGS[language]);
    const marks = reply.cards.flatMap(({ sponsored }) => sponsored ?? []);
    expect([reply.language, marks]).toEqual([language, [app.translator.text(language, 'card.sponsored')]]);
  });
});

it('notes paid places for those who allowed it', async () => {
  await withShop(async (app) => {
    const ann = { channel: 'test', userId: 'ann' };
    app.profiles.giveConsent(ann);
    const say = shopper(app, 'en', 'ann');
    await say('mug');
    await say('show more');
    const places = app.profiles.impressions(ann);
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(places.filter(({ sponsored }) => sponsored).map(({ position }) => position)).toEqual([2, 7]);
  });
});
