import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { searchSeenKind } from '../../dialogs/photo-search';
import { type App, createApp } from '../../src/app';
import { type ConversationState, forgetOtherPhoto, lastPhoto, withPhoto } from '../../src/dialog';
import {
  type MediaSource,
  type PhotoScreener,
  type RankedProducts,
  type Reply,
  type StructuredQuery,
  VitrineError,
} from '../../src/domain';
import { ColorEncoder } from '../support/color-encoder';
import { product, temporaryConfig, withTemporaryApp } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';

let encoder: ColorEncoder;
let refused: boolean;
const screener: PhotoScreener = { refuses: async () => refused };

beforeEach(() => {
  encoder = new ColorEncoder();
  refused = false;
});

let conversations = 0;
function shopper(app: App, locale = 'en') {
  conversations += 1;
  const conversationId = `photo:${conversations}`;
  const say = async (text: string, photos: readonly MediaSource[] = []): Promise<Reply> => {
    const message = { channel: 'test', conversationId, userId: 'u', text, locale, kind: 'message' as const };
    const [reply] = await app.assistant.handleTurn(
      { ...message, hasAttachments: false, ...(photos.length > 0 && { photos }) },
      new AbortController().signal,
    );
    if (!reply) throw new Error('no reply');
    return reply;
  };
  const upload = async (bytes: Buffer): Promise<MediaSource> => ({
    kind: 'stored',
    id: await app.attachments.put(conversationId, { bytes, contentType: 'image/webp', name: 'photo.webp' }),
  });
  return { say, upload, conversationId };
}

const ids = ({ cards }: Reply) => cards.map(({ productId }) => productId);
const inShop = (action: (app: App) => Promise<void>) =>
  withTemporaryApp(
    async (app) => {
      await filledShop(app);
      await action(app);
    },
    { imageEncoder: encoder, photoScreener: screener },
  );

it('finds what looks like a photo, with words, with more, and with words that come later', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    const red = await upload(await flatPicture('#c02020', 'jpeg'));
    const alone = await say('', [red]);
    expect(alone.text).toBe(app.translator.text('en', 'photo.unnamed'));
    expect(ids(alone).slice(0, 2).sort()).toEqual(['mug-red', 'pack-red']);
    expect(alone.cards[0]?.why).toContain('looks like your photo');
    const priced = await say('something like this under 20 €', [red]);
    expect(priced.cards.length).toBeGreaterThan(0);
    expect(ids(priced)[0]).toBe('mug-red');
    expect(ids(priced)).not.toContain('pack-red');
    const again = await say('this backpack', [red]);
    expect(ids(again)[0]).toBe('pack-red');
    // What comes later refines the photo's search; a new wish ends it.
    await say('', [red]);
    const later = await say('cheaper than 20 €');
    expect(ids(later)[0]).toBe('mug-red');
    expect(later.text).toContain('20');
    expect(ids(await say('blue mug'))[0]).toBe('mug-blue');
    expect((await say('show more')).text).not.toContain('photo');
  });
});

it('takes several photos for one query', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    const photos = [await upload(await flatPicture('#ff4000')), await upload(await flatPicture('#40ff00'))];
    // Between orange and lime lies yellow.
    expect(
      ids(await say('', photos))
        .slice(0, 2)
        .sort(),
    ).toEqual(['mug-yellow', 'pack-yellow']);
  });
});

it('keeps neither a refused photo nor the photo in the conversation', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    const photo = await upload(await flatPicture('#c02020'));
    refused = true;
    const before = encoder.encoded;
    const reply = await say('', [photo]);
    expect(reply.text).toBe(app.translator.text('en', 'photoFault.refused'));
    expect(encoder.encoded).toBe(before);
    expect(app.attachments.get((photo as { id: string }).id)).toBeUndefined();
    expect(readdirSync(join(app.config.DATA_DIR, 'attachments'))).toEqual([]);
    const words = await say('red mug', [await upload(await flatPicture('#c02020'))]);
    expect(words.text).toContain(app.translator.text('en', 'photoFault.refused'));
    expect(ids(words)[0]).toBe('mug-red');
  });
});

it('refuses all photos of a message, even where another one fails sooner', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    refused = true;
    const broken = await upload(Buffer.from('no picture'));
    const reply = await say('', [broken, await upload(await flatPicture('#c02020'))]);
    expect(reply.text).toBe(app.translator.text('en', 'photoFault.refused'));
    expect(readdirSync(join(app.config.DATA_DIR, 'attachments'))).toEqual([]);
  });
});

it('goes by the photos that can be used, and says that some could not', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app, 'fr');
    const reply = await say('', [
      await upload(Buffer.from('no picture')),
      await upload(await flatPicture('#1515c0')),
      { kind: 'stored', id: 'x'.repeat(32) },
    ]);
    expect(reply.text).toContain(app.translator.text('fr', 'photoFault.some'));
    expect(reply.text).toContain(app.translator.text('fr', 'photo.unnamed'));
    expect(ids(reply)[0]).toMatch(/-blue$/);
  });
});

it('adds later words to earlier ones until they replace them', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    await say('', [await upload(await flatPicture('#c02020'))]);
    expect((await say('in blue')).text).toContain('blue');
    const both = await say('under 20 €');
    expect(both.text).toMatch(/blue.*20/);
    expect(ids(both)).not.toContain('pack-blue');
    const red = await say('in red');
    expect(red.text).toMatch(/red.*20/);
    expect(red.text).not.toContain('blue');
    expect(ids(red)[0]).toBe('mug-red');
  });
});

it('looks for nothing when the words beside a broken photo only point at it', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app, 'ru');
    const reply = await say('у вас есть такое?', [await upload(Buffer.from('no picture'))]);
    expect(reply.text).toBe(app.translator.text('ru', 'photoFault.unreadable'));
    expect(reply.cards).toEqual([]);
  });
});

it('uses no photo that could not be screened, and reports it', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    const faults: unknown[] = [];
    app.observer.current = { step: () => undefined, fault: (error) => void faults.push(error) };
    const failure = new VitrineError('PHOTO_SCREENING_FAILED', 'The screener failed.');
    const before = encoder.encoded;
    const failing = jest.spyOn(screener, 'refuses').mockRejectedValueOnce(failure);
    const reply = await say('', [await upload(await flatPicture('#c02020'))]);
    failing.mockRestore();
    expect(reply.text).toBe(app.translator.text('en', 'photoFault.failed'));
    expect(encoder.encoded).toBe(before);
    expect(faults).toEqual([failure]);
  });
});

it('keeps a photo that found nothing for the words that follow', async () => {
  await withTemporaryApp(
    async (app) => {
      app.products.upsert([product({ id: 'red', title: 'Mug', color: 'red', imageLink: 'red.webp' })]);
      for (const task of app.pictures.pending(1)) await app.pictures.put(task, await flatPicture('#d01010'));
      await app.indexer.sync({});
      const { say, upload } = shopper(app);
      // Cyan is the opposite of red.
      const nothing = await say('', [await upload(await flatPicture('#10d0d0'))]);
      expect(nothing.text).toBe(app.translator.text('en', 'photoFault.nothing'));
      expect((await say('show more')).text).toBe(app.translator.text('en', 'noMore'));
      expect((await say('under 20 €')).text).toBe(app.translator.text('en', 'photoFault.nothing'));
    },
    { imageEncoder: encoder, photoScreener: screener },
  );
});

it('forgets a photo whose vector the encoder of today cannot use', () => {
  const photo = { encoder: 'another@1', vector: '', seen: { photos: 1, colors: [] } };
  const state = { version: 2, language: 'de', lastSearch: { text: '', language: 'de', shown: 6, photo } } as const;
  expect(forgetOtherPhoto(state, encoder.id)).toEqual({ version: 2, language: 'de' });
  expect(forgetOtherPhoto(state, undefined)).toEqual({ version: 2, language: 'de' });
  expect(forgetOtherPhoto(state, 'another@1')).toEqual(state);
});

it('uses a photo in the conversation that it was sent in only', async () => {
  await inShop(async (app) => {
    const photo = await shopper(app).upload(await flatPicture('#c02020'));
    const other = shopper(app, 'zh');
    expect((await other.say('', [photo])).text).toBe(app.translator.text('zh', 'photoFault.gone'));
    const { file } = app.attachments.get((photo as { id: string }).id) ?? {};
    expect(existsSync(file ?? '')).toBe(true);
  });
});

it.each([
  ['http://169.254.169.254/latest/meta-data', 'gone'],
  ['http://[::ffff:7f00:1]/a.jpg', 'gone'],
  ['ftp://example.com/a.jpg', 'gone'],
  ['file:///etc/passwd', 'gone'],
  ['javascript:alert(1)', 'gone'],
])('answers kindly when a photo lies at %s', async (url, fault) => {
  await inShop(async (app) => {
    const reply = await shopper(app, 'es').say('', [{ kind: 'link', url }]);
    expect(reply.text).toBe(app.translator.text('es', `photoFault.${fault}`));
  });
});

it('says what is wrong with a photo, and searches by the words beside it', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app, 'de');
    const whole = await flatPicture('#c02020', 'jpeg');
    for (const bytes of [whole.subarray(0, 200), Buffer.alloc(0), Buffer.from('<svg/>')]) {
      expect((await say('', [await upload(bytes)])).text).toBe(app.translator.text('de', 'photoFault.unreadable'));
    }
    encoder.fault = new VitrineError('ENCODER_FAILED', 'The encoder failed.');
    const faults: unknown[] = [];
    app.observer.current = { step: () => undefined, fault: (error) => void faults.push(error) };
    const reply = await say('roter Becher', [await upload(whole)]);
    expect(reply.text).toContain(app.translator.text('de', 'photoFault.failed'));
    expect(ids(reply)[0]).toBe('mug-red');
    expect(faults).toEqual([encoder.fault]);
  });
});

it('does not mistake a greeting beside a photo for a wish', async () => {
  await inShop(async (app) => {
    const { say, upload } = shopper(app);
    expect(ids(await say('hello', [await upload(await flatPicture('#1515c0'))]))[0]).toMatch(/-blue$/);
  });
});

it('says that photos cannot be searched where there is no image encoder', async () => {
  const config = temporaryConfig({ MODELS: 'none' });
  const app = createApp(config);
  try {
    const { say, upload } = shopper(app);
    const reply = await say('', [await upload(await flatPicture('#c02020'))]);
    expect(reply.text).toBe(app.translator.text('en', 'photoFault.unsupported'));
    expect((await say('help')).text).not.toContain('photo');
  } finally {
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  }
});

it('looks for the kind that was seen, where words only say what it should be like', async () => {
  const asked: StructuredQuery[] = [];
  const search = async (query: StructuredQuery): Promise<RankedProducts> => {
    asked.push(query);
    return { query, results: [], more: false, relaxed: ['kind', 'price'], timings: {} };
  };
  await withTemporaryApp(async ({ parser }) => {
    const parse = async (text: string) => parser.parse(text, { currency: 'EUR', brands: [] });
    const seen = { photos: 1, kind: 'backpack', colors: ['red'] };
    const beside = { photo: { encoder: 'e', vector: '', seen }, voice: undefined };
    const ranked = await searchSeenKind(search, await parse('in blue'), 0, beside);
    expect(asked[0]?.wanted).toMatchObject({ kinds: ['backpack'], colors: ['blue'] });
    expect(ranked.query.wanted.kinds).toEqual([]);
    expect(ranked.relaxed).toEqual(['price']);
    await searchSeenKind(search, await parse('blue mugs'), 0, beside);
    expect(asked[1]?.wanted.kinds).not.toContain('backpack');
    // Where no kind is clear, those that it may show count.
    const unclear = { photo: { encoder: 'e', vector: '', seen: { photos: 1, likely: ['mug', 'lamp'], colors: [] } } };
    await searchSeenKind(search, await parse('in blue'), 0, { ...unclear, voice: undefined });
    expect(asked[2]?.wanted).toMatchObject({ kinds: ['mug', 'lamp'], colors: ['blue'] });
  });
});

it.each([
  ['en', 'red mug', 'more like the photo I sent', 'like my photo but in blue', 'blue', 'like my photo but under 20 €'],
  ['zh', '红色杯子', '更多像我发的照片', '像我发的照片但是要蓝色的', '蓝色', '像我发的照片但是20欧元以下'],
  [
    'es',
    'taza roja',
    'más como la foto que te envié',
    'como mi foto pero en azul',
    'azul',
    'como mi foto pero menos de 20 €',
  ],
] as const)(
  '%s: a photo of earlier is what later words point at',
  async (language, other, points, changes, blue, cheap) => {
    await inShop(async (app) => {
      const { say, upload } = shopper(app, language);
      expect((await say(points)).text).not.toBe(app.translator.text(language, 'photo.unnamed'));
      await say('', [await upload(await flatPicture('#20a020'))]);
      await say('', [await upload(await flatPicture('#e0e020'))]);
      expect(ids(await say(other))[0]).toBe('mug-red');
      // The last one is meant.
      const again = await say(points);
      expect(again.text).toBe(app.translator.text(language, 'photo.unnamed'));
      expect(ids(again).slice(0, 2).sort()).toEqual(['mug-yellow', 'pack-yellow']);
      await say(other);
      const changed = await say(changes);
      expect(changed.text).toContain(app.translator.text(language, 'photo.unnamedAndWords', { understood: blue }));
      expect(changed.suggestions.map(({ title }) => title)).toContain(`✕ ${blue}`);
      await say(other);
      const priced = ids(await say(cheap));
      expect([priced[0], priced.includes('pack-yellow')]).toEqual(['mug-yellow', false]);
      // A new start forgets it.
      await say(app.translator.text(language, 'suggestions.startOver'));
      expect((await say(points)).text).not.toBe(app.translator.text(language, 'photo.unnamed'));
    });
  },
);

it('keeps the last two photos for a day, and none that the encoder of today cannot use', () => {
  const photo = (vector: string) => ({ encoder: 'one', vector, seen: { photos: 1, colors: [] } });
  const searched = (vector: string) => ({ text: '', language: 'en', shown: 6, photo: photo(vector) }) as const;
  const empty: ConversationState = { version: 2, language: 'en' };
  const [a, b, c] = ['a', 'b', 'c'].map(searched);
  const first = withPhoto({ ...empty, ...(a && { lastSearch: a }) }, 0);
  const second = withPhoto({ ...first, ...(b && { lastSearch: b }) }, 1000);
  const third = withPhoto({ ...second, ...(c && { lastSearch: c }) }, 2000);
  expect(third.photos?.map(({ vector, at }) => [vector, at])).toEqual([
    ['b', 1000],
    ['c', 2000],
  ]);
  const { lastSearch: _, ...later } = third;
  expect(withPhoto(later, 24 * 3600 * 1000 + 1500).photos?.map(({ vector }) => vector)).toEqual(['c']);
  expect(lastPhoto(later)).toEqual(photo('c'));
  expect(forgetOtherPhoto(third, 'another')).toEqual(empty);
});
