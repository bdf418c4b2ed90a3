import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { mugShop } from './support/mug-shop';
import { lastConversation, shopper } from './support/shopper';

const shop = mugShop();
const recorded = readFileSync(join(__dirname, '../fixtures/states/v1.json'), 'utf8');

/** Puts a text in the place of the conversation's state. */
function overwrite(state: string): void {
  const db = new Database(join(shop.config.DATA_DIR, 'vitrine.sqlite'));
  const { changes } = db.prepare('UPDATE conversations SET state = ? WHERE id = ?').run(state, lastConversation());
  db.close();
  expect(changes).toBe(1);
}

it('goes on with a conversation that version 1 wrote: its question is answered', async () => {
  const say = shopper(shop.app, 'en');
  await say('hello');
  overwrite(recorded);
  expect((await say('maria@example.com')).text).toContain('entregado');
  const { state } = shop.app.conversations.load(lastConversation());
  expect(state).toMatchObject({ version: 1, language: 'es', lastSearch: { text: 'zapatillas negras' } });
});

it.each([
  ['no JSON', '{"version":1,"langu'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a version that is yet to come', '{"version":9,"language":"es","open":7}'],
  [
    'fields of another form',
    '{"version":1,"language":"es","shown":3,"steps":"x","lastSearch":[],"asking":4,"open":{}}',
  ],
])('answers where the stored state is %s', async (_name, state) => {
  const say = shopper(shop.app, 'en');
  await say('hello');
  overwrite(state);
  expect((await say('red mug')).cards[0]?.productId).toBe('mug');
  expect((await say('show more')).text).not.toBe('');
});
