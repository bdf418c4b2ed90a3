import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../src/app';
import { importBids } from '../../src/cli/bids';
import { importEvents } from '../../src/cli/events';
import { run } from '../../src/cli/program';
import { product, withTemporaryApp } from '../support/data-dir';

const NOW = Date.UTC(2026, 10, 27);
const u1 = { channel: 'directline', userId: 'u1' };
let dir: string;
let said: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-history-'));
  said = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

const file = (text: string): string => {
  const path = join(dir, 'file');
  writeFileSync(path, text);
  return path;
};
const withShop = (action: (app: App) => Promise<void>) =>
  withTemporaryApp(
    async (app) => {
      app.products.upsert(['a', 'b', 'c, "d"'].map((id) => product({ id, title: id })));
      await action(app);
    },
    { clock: () => NOW },
    { MODELS: 'none', SPEECH: 'none' },
  );

describe('events import', () => {
  it('keeps what is right of who consented, and says what is wrong with the rest', async () => {
    await withShop(async (app) => {
      app.profiles.giveConsent(u1);
      const lines = [
        '\ufeff{"userId":"u1","productId":"a","kind":"purchase","at":"2026-11-26T00:00:00Z"}',
        '',
        '{"userId":"u1","productId":"b","kind":"like","at":"2026-11-26T00:00:00Z"}\r',
        '{"userId":"u1","productId":"b","kind":"like","at":"2026-01-01T00:00:00Z"}',
        '{"userId":"stranger","productId":"b","kind":"like"}',
        '{"userId":"u1","productId":"nowhere","kind":"like"}',
        '{"userId":"u1","productId":"a","kind":"steal"}',
        '{"userId"',
      ];
      const imported = await importEvents(app, file(lines.join('\n')), undefined, NOW);
      expect(imported).toEqual({ stored: 2, left: 2, wrong: 3 });
      expect(said).toEqual([
        'line 6: productId: there is no such product\n',
        'line 7: kind must be one of view, like, purchase\n',
        'line 8: not JSON\n',
      ]);
      await importEvents(app, file(lines.slice(0, 3).join('\n')), undefined, NOW);
      expect(app.profiles.events(u1).map(({ productId }) => productId)).toEqual(['a', 'b']);
    });
  });

  it('writes in batches, and prints the first problems only', async () => {
    await withShop(async (app) => {
      app.profiles.giveConsent(u1);
      const right = Array.from({ length: 1_100 }, (_, i) => ({
        userId: 'u1',
        productId: 'a',
        kind: 'view',
        at: NOW - i,
      }));
      const lines = [...right.map((event) => JSON.stringify(event)), ...Array.from({ length: 60 }, () => '{}')];
      expect(await importEvents(app, file(lines.join('\n')), undefined, NOW)).toEqual({
        stored: 1_100,
        left: 0,
        wrong: 60,
      });
      expect([said.length, said.at(-1)]).toEqual([51, '… and 10 more\n']);
    });
  });
});

describe('bids import', () => {
  it('sets what is right, and says what is wrong with the rest', async () => {
    await withShop(async (app) => {
      const rows = [
        'bid,ID,currency',
        '0.25,a,',
        '"1,50",b,usd',
        '3,"c, ""d""",',
        '2,nowhere,',
        'much,a,',
        '1,a,XXX',
        '',
      ];
      expect(await importBids(app, file(rows.join('\n')))).toEqual({ set: 3, wrong: 3 });
      expect(said).toEqual([
        'line 5: id: there is no such product\n',
        'line 6: bid: not an amount such as 0.25\n',
        'line 7: currency: EXCHANGE_RATES has no rate for it\n',
      ]);
      expect(app.bids.of(['a', 'b', 'c, "d"'])).toEqual([
        { productId: 'a', amount: { minor: 25, currency: 'EUR' } },
        { productId: 'b', amount: { minor: 150, currency: 'USD' } },
        { productId: 'c, "d"', amount: { minor: 300, currency: 'EUR' } },
      ]);
      await importBids(app, file('id,bid\na,0\n'));
      expect(app.bids.count()).toBe(2);
    });
  });

  it.each([
    ['', 'is empty'],
    ['product,price\na,1', 'the header lacks id and bid'],
  ])('refuses %j', async (text, message) => {
    await withShop(async (app) => {
      await expect(importBids(app, file(text))).rejects.toMatchObject({
        code: 'BIDS_BROKEN',
        message: expect.stringContaining(message),
      });
    });
  });
});

it.each([
  [['events', 'import', '/nowhere.jsonl'], 'there is no such file'],
  [['bids', 'import', '/nowhere.csv'], 'there is no such file'],
  [['events', 'import'], 'missing required argument'],
])('%j ends with 2 and says so', async (args, message) => {
  expect(await run(['--data-dir', join(dir, 'data'), ...args])).toBe(2);
  expect(said.join('')).toContain(message);
});
