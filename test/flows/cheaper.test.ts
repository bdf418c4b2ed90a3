import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { LANGUAGES, type Language, type MediaSource, type Reply } from '../../src/domain';
import { formatMoney } from '../../src/reply';
import { ColorEncoder } from '../support/color-encoder';
import { product, temporaryConfig } from '../support/data-dir';
import { flatPicture } from '../support/photos';

const WORDS: Readonly<Record<Language, string>> = {
  en: 'something like this but cheaper',
  de: 'günstiger bitte',
  es: 'algo más barato',
  fr: 'moins cher',
  ja: 'もっと安いもの',
  pt: 'mais barato',
  ru: 'подешевле',
  zh: '便宜一点的',
};

/** Backpacks in shades of red; the redder, the dearer. */
const SHOP = { '#d01010': 60, '#d03010': 45, '#d05010': 30, '#d07010': 20 };

let app: App;
let conversations = 0;
beforeAll(async () => {
  app = createApp(temporaryConfig(), {
    imageEncoder: new ColorEncoder(),
    photoScreener: { refuses: async () => false },
  });
  const pack = (color: string, euros: number, currency = 'EUR') =>
    product({ id: `pack-${euros}`, title: 'Backpack', imageLink: color, price: { minor: euros * 100, currency } });
  // Blue ones for dollars: what they cost is not compared.
  app.products.upsert([
    ...Object.entries(SHOP).map(([color, euros]) => pack(color, euros)),
    // Green ones, much alike.
    pack('#10c010', 90),
    pack('#18c010', 80),
    pack('#20c010', 70),
    pack('#1010d0', 1000, 'USD'),
  ]);
  for (const task of app.pictures.pending(10)) await app.pictures.put(task, await flatPicture(task.source));
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(app.config.DATA_DIR, { recursive: true, force: true });
});

function shopper(locale: Language = 'en') {
  conversations += 1;
  const conversationId = `cheaper:${conversations}`;
  const say = async (text: string, photo?: string): Promise<Reply> => {
    const photos: MediaSource[] = [];
    if (photo) {
      const bytes = await flatPicture(photo);
      const id = await app.attachments.put(conversationId, { bytes, contentType: 'image/webp', name: 'photo.webp' });
      photos.push({ kind: 'stored', id });
    }
    const message = { channel: 'test', conversationId, userId: 'u', text, locale, kind: 'message' as const };
    const [reply] = await app.assistant.handleTurn(
      { ...message, hasAttachments: false, ...(photo && { photos }) },
      new AbortController().signal,
    );
    if (!reply) throw new Error('no reply');
    return reply;
  };
  return { say };
}

const ids = ({ cards }: Reply) => cards.map(({ productId }) => productId);
const under = (euros: number, language: Language = 'en') =>
  app.translator.text(language, 'price.below', { max: formatMoney({ minor: euros * 100, currency: 'EUR' }, language) });

it.each(LANGUAGES)('takes "cheaper" beside a photo for less than what it shows costs (%s)', async (language) => {
  const { say } = shopper(language);
  const reply = await say(WORDS[language], '#d03010');
  expect(reply.language).toBe(language);
  expect(reply.text).toContain(under(45, language));
  expect(ids(reply)).toEqual(['pack-30', 'pack-20']);
});

it('understands it after a photo, again and again, and lets it be taken back', async () => {
  const { say } = shopper();
  expect(ids(await say('', '#d01010')).slice(0, 2)).toEqual(['pack-60', 'pack-45']);
  const cheaper = await say('cheaper please');
  expect(cheaper.text).toContain(under(60));
  expect(ids(cheaper)).toEqual(['pack-45', 'pack-30', 'pack-20']);
  // Of what was found, 30 is in the middle.
  const cheapest = await say('even cheaper');
  expect(cheapest.text).toContain(under(30));
  expect(ids(cheapest)).toEqual(['pack-20']);
  // Nothing is cheaper than that: the bound stays, though dearer ones are shown for want of others.
  const none = await say('even cheaper');
  expect(none.text).toContain(app.translator.text('en', 'relaxed', { list: 'price' }));
  expect((await say('even cheaper')).text).toContain(under(20));
  // Other words leave the bound as it is.
  expect((await say('for women')).text).toContain(under(20));
  expect(cheapest.suggestions.map(({ value }) => value)).toContain('Any price');
  const any = await say('Any price');
  expect(any.text).not.toContain('€');
  expect(ids(any).slice(0, 2)).toEqual(['pack-60', 'pack-45']);
  expect(any.suggestions.map(({ value }) => value)).not.toContain('Any price');
});

it('stays below a price that was said before, and gives way to one that is said later', async () => {
  const { say } = shopper();
  await say('under 50 €', '#d01010');
  const cheaper = await say('cheaper');
  expect(cheaper.text).toContain(under(30));
  expect(ids(cheaper)).toEqual(['pack-20']);
  const later = await say('under 46 €');
  expect(ids(later)).toEqual(['pack-45', 'pack-30', 'pack-20']);
  // An amount beside the word is the bound.
  const said = await say('cheaper, under 25 €', '#d01010');
  expect(said.text).toContain(app.translator.text('en', 'price.under', { max: '€25.00' }));
  expect(ids(said)).toEqual(['pack-20']);
});

it('takes the middle of what was found where nothing looks much like the photo, or costs are in another currency', async () => {
  const { say } = shopper();
  // It is a little like the green ones.
  const unlike = await say('cheaper', '#90d060');
  expect(unlike.text).toContain(under(80));
  expect(ids(unlike)).toEqual(['pack-70']);
  // The backpack for dollars is alone on the photo: there is no price to stay below.
  const dollars = await say('cheaper', '#1010d0');
  expect(dollars.text).not.toMatch(/under [€$]/);
  expect(ids(dollars)).toContain('pack-1000');
});

it('takes back the price of a search by words', async () => {
  const { say } = shopper();
  expect(ids(await say('backpacks under 25 €'))).toEqual(['pack-20']);
  const any = await say('any price');
  expect(any.text).not.toContain('€');
  expect(any.cards.length).toBe(6);
});
