import { type App, createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { shopper } from './support/shopper';

const TITLES = {
  umbrella: 'Blue nylon umbrella',
  tent: 'Grey nylon tent',
  guitar: 'Brown wooden guitar',
  teapot: 'White ceramic teapot',
  pencil: 'Green wooden pencil',
  sofa: 'Beige linen sofa',
  skis: 'Red carbon skis',
  soap: 'White olive oil soap',
} as const;

/** A shop that speaks English only, and whose words for things the shopper doesn't use. */
describe('meaning', () => {
  const config = temporaryConfig();
  let app: App;
  beforeAll(async () => {
    app = createApp(config);
    app.products.upsert(Object.entries(TITLES).map(([id, title]) => product({ id, title, language: 'en' })));
    await app.indexer.sync();
  });
  afterAll(() => app.close());

  it.each<[Language, string, keyof typeof TITLES]>([
    ['en', 'where to sleep when camping', 'tent'],
    ['en', 'for drawing sketches', 'pencil'],
    ['zh', '下雨天撑的', 'umbrella'],
    ['zh', '洗手的', 'soap'],
    ['es', 'para tomar té', 'teapot'],
    ['es', 'para acampar en la montaña', 'tent'],
    ['fr', 'dormir en camping', 'tent'],
    ['de', 'zum Zelten', 'tent'],
    ['ja', 'スキー場で滑る', 'skis'],
  ])('%s: %s', async (language, says, expects) => {
    const reply = await shopper(app, language)(says);
    expect(reply.cards?.[0]?.productId).toBe(expects);
  });

  it.each<[Language, string, string]>([
    ['en', 'where to sleep when camping', 'by its meaning'],
    ['zh', '下雨天撑的', '按意思'],
    ['es', 'para acampar en la montaña', 'por su significado'],
  ])('says so: %s', async (language, says, expects) => {
    const reply = await shopper(app, language)(says);
    expect(reply.text).toContain(expects);
    expect(reply.cards?.[0]?.why).not.toBe('');
  });

  it.each<[Language, string]>([
    ['en', 'xkqzt vbbrw'],
    ['es', 'qzxwv jkvbq'],
    ['zh', 'asdfgh zxcvb'],
  ])('finds nothing for what means nothing: %s %s', async (language, says) => {
    const reply = await shopper(app, language)(says);
    expect(reply.cards ?? []).toEqual([]);
  });

  it('understands an emoji', async () => {
    expect((await shopper(app)('☂️')).cards?.[0]?.productId).toBe('umbrella');
  });

  it('lets a kind that was named stand before what is only near', async () => {
    const reply = await shopper(app)('a guitar to play in the rain');
    expect(reply.cards?.map(({ productId }) => productId)).toEqual(['guitar']);
  });
});
