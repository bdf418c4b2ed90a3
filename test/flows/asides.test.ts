import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';
import { ids, SCARVES, scarf } from './support/scarves';
import { shopper } from './support/shopper';

/** By patterns alone: what stands beside a refinement is told from the catalogue, not guessed. */
const config = temporaryConfig({ MODELS: 'none' });
let app: App;

beforeAll(async () => {
  app = createApp(config);
  app.products.upsert([
    scarf('one', 'red', 'silk', 1000),
    scarf('two', 'blue', 'wool', 2000),
    scarf('three', 'green', 'cotton', 3000, 'with a fringed hem'),
    scarf('four', 'green', 'wool', 4000),
    product({ id: 'cage', title: 'Birdcage', color: 'white', price: { minor: 900, currency: 'EUR' } }),
    product({ id: 'desk', title: 'Escritorio Schreibtisch', color: 'blue', price: { minor: 9000, currency: 'EUR' } }),
  ]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

let shoppers = 0;

it.each<[Language, string, readonly string[]]>([
  ['en', 'any in blue, mate?', ['two']],
  ['en', 'red clashes with everything, try blue', ['two']],
  ['en', 'hmm something blue would rock', ['two']],
  ['es', 'uf, en azul molaría', ['two']],
  ['es', 'mejor azul, no sé', ['two']],
  ['zh', '有没有蓝色的呀', ['two']],
  ['zh', '嗯蓝色的比较好', ['two']],
  ['fr', 'bof, plutôt en bleu', ['two']],
  ['de', 'rot steht mir nicht, lieber blau', ['two']],
  ['de', 'Seide kratzt mich, lieber Baumwolle', ['three']],
  ['ja', '青いのとかある', ['two']],
  ['pt', 'sei lá, talvez azul', ['two']],
  ['ru', 'ну может синий какой-нибудь', ['two']],
])('%s: of scarves “%s” refines: %s', async (language, says, first) => {
  const say = shopper(app, language, `asides-${shoppers++}`);
  await say(SCARVES[language]);
  const reply = await say(says);
  expect(ids(reply).slice(0, first.length)).toEqual(first);
  expect(ids(reply)).not.toContain('desk');
});

it('keeps a word that what is searched is described with', async () => {
  const say = shopper(app, 'en', 'asides-feature');
  await say('scarves');
  expect(ids(await say('green with fringed'))[0]).toBe('three');
});

it.each<[Language, string, string]>([
  ['en', 'a white birdcage', 'cage'],
  ['en', 'white birdcages', 'cage'],
  ['es', 'un escritorio azul', 'desk'],
  ['de', 'blauer Schreibtisch', 'desk'],
])('%s: “%s” names other goods, and looks for them', async (language, says, id) => {
  const say = shopper(app, language, `asides-${shoppers++}`);
  await say(SCARVES[language]);
  expect(ids(await say(says))[0]).toBe(id);
});

it('says nothing of what was never searched', async () => {
  const say = shopper(app, 'en', 'asides-nothing');
  const reply = await say('any in blue, mate?');
  expect(ids(reply)).toEqual(expect.arrayContaining(['two', 'desk']));
});
