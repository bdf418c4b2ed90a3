import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createApp } from '../../src/app';
import { importFeed, type RowIssue } from '../../src/catalogue/import';
import { resolveFeeds } from '../../src/catalogue/source';
import { importSource } from '../../src/cli/import';
import { loadConfig } from '../../src/config';
import { writeFeed } from '../bench/ingest';
import { withTemporaryApp } from '../support/data-dir';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const never = new AbortController().signal;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'vitrine-import-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const HEADER = 'id\ttitle\tdescription\timage_link\tprice\tavailability\n';
const feedFile = (name: string, text: string) => {
  const file = join(dir, name);
  writeFileSync(file, text);
  return file;
};

async function importFile(app: Parameters<Parameters<typeof withTemporaryApp>[0]>[0], file: string) {
  const issues: RowIssue[] = [];
  const [feed] = await resolveFeeds(file, { downloader: app.downloader, temporaryDir: dir });
  if (!feed) throw new Error('no feed');
  const result = await importFeed({
    feed,
    store: app.products,
    defaultCurrency: 'EUR',
    onIssue: (issue) => issues.push(issue),
  });
  return { result, issues };
}

it('counts imported, updated, unchanged and skipped, and names row, field and reason', async () => {
  const first = feedFile(
    'feed.tsv',
    `${HEADER}1\tRed mug\t\t\t9.90 EUR\tin_stock\n2\t\t\t\t1.00 EUR\tin_stock\n3\tBlue mug\t\t\tfree\tin_stock\n`,
  );
  await withTemporaryApp(async (app) => {
    const { result, issues } = await importFile(app, first);
    expect(result).toMatchObject({ imported: 2, updated: 0, unchanged: 0, skipped: 1 });
    expect(issues).toContainEqual(expect.objectContaining({ row: 3, field: 'title', severity: 'error' }));
    expect(issues).toContainEqual(expect.objectContaining({ row: 4, field: 'price', severity: 'warning' }));
    const second = feedFile(
      'feed.tsv',
      `${HEADER}1\tRed mug\t\t\t9.90 EUR\tin_stock\n3\tGreen mug\t\t\t8.00 EUR\tin_stock\n`,
    );
    expect((await importFile(app, second)).result).toMatchObject({ imported: 0, updated: 1, unchanged: 1, skipped: 0 });
  });
});

it.each([
  [
    'cut-off XML',
    '<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>9</g:id><g:title>New</g:title></item><item>',
  ],
  ['no usable row', `${HEADER}\t\t\t\t\t\n\t\t\t\t\t\n`],
  ['nothing', ''],
  ['a picture', '\u0089PNG\r\n\u001a\n'],
])('a broken feed (%s) leaves the catalogue as it is', async (_, text) => {
  await withTemporaryApp(async (app) => {
    await importFile(app, feedFile('good.tsv', `${HEADER}1\tRed mug\t\t\t9.90 EUR\tin_stock\n`));
    await expect(importFile(app, feedFile('bad.feed', text))).rejects.toMatchObject({
      code: expect.stringMatching(/^FEED_(BROKEN|UNRECOGNISED)$/),
    });
    expect(app.products.count()).toBe(1);
  });
});

it('takes pictures beside the feed and never a file outside its folder', async () => {
  const shop = join(dir, 'shop');
  mkdirSync(shop);
  writeFileSync(
    join(shop, 'mug.png'),
    await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  );
  writeFileSync(
    join(dir, 'secret.png'),
    await sharp({ create: { width: 9, height: 9, channels: 3, background: 'blue' } })
      .png()
      .toBuffer(),
  );
  const rows = [
    'mug.png',
    '../secret.png',
    '/etc/hostname',
    'file:///etc/hostname',
    'http://127.0.0.1:9/x.png',
    'mug\u0000.png',
    '..%2fsecret.png',
  ];
  const feed = join(shop, 'feed.tsv');
  writeFileSync(feed, HEADER + rows.map((link, i) => `${i}\tMug ${i}\t\t${link}\t1.00 EUR\tin_stock\n`).join(''));
  await withTemporaryApp(async (app) => {
    await importSource(app, feed, { pictures: true }, never);
    expect(rows.map((_, i) => app.pictures.file(String(i), 0) !== undefined)).toEqual([
      true,
      ...rows.slice(1).map(() => false),
    ]);
    const file = app.pictures.file('0', 0) ?? '';
    expect((await sharp(file).metadata()).format).toBe('webp');
  });
});

it('imports from an address, and gives a private one up', async () => {
  const server = createServer((_, response) => response.end(`${HEADER}1\tRed mug\t\t\t9.90 EUR\tin_stock\n`)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const allowed = createApp(loadConfig({ DATA_DIR: join(dir, 'a'), DOWNLOAD_ALLOW_PRIVATE: host }, {}));
  await importSource(allowed, `http://${host}/feed.tsv?key=secret`, { pictures: false }, never);
  expect(allowed.products.count()).toBe(1);
  await allowed.close();
  const guarded = createApp(loadConfig({ DATA_DIR: join(dir, 'b') }, {}));
  await expect(importSource(guarded, `http://${host}/feed.tsv`, { pictures: false }, never)).rejects.toMatchObject({
    code: 'DOWNLOAD_BLOCKED',
  });
  await expect(importSource(guarded, 'ftp://example.org/feed.tsv', { pictures: false }, never)).rejects.toMatchObject({
    code: 'DOWNLOAD_BLOCKED',
  });
  await guarded.close();
  server.close();
});

it('goes on where it was killed, at whatever moment, and ends with every product once', async () => {
  const size = 12_000;
  const feed = join(dir, 'feed.tsv');
  await writeFeed(feed, size, 100);
  const data = join(dir, 'data');
  let kills = 0;
  for (const delay of [500, 900, 1_300, 1_700, 2_300]) {
    const child: ChildProcess = spawn(process.execPath, [MAIN, '--data-dir', data, 'import', feed], {
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(timer);
    if (signal === 'SIGKILL') kills += 1;
    else expect(code).toBe(0);
  }
  expect(kills).toBeGreaterThan(0);
  const last = spawn(process.execPath, [MAIN, '--data-dir', data, 'import', feed], { stdio: 'ignore' });
  expect((await once(last, 'exit'))[0]).toBe(0);
  const app = createApp(loadConfig({ DATA_DIR: data }, {}));
  expect(app.products.count()).toBe(size - size / 100);
  expect((await app.retriever.facts()).products).toBe(size - size / 100);
  await app.close();
}, 120_000);

it('streams a million rows of which one in a hundred is broken', async () => {
  const size = 1_000_000;
  const feed = join(dir, 'million.tsv');
  const out = createWriteStream(feed);
  out.write('id\ttitle\tprice\n');
  for (let i = 0; i < size; i++) {
    const line = i % 100 === 99 ? `${i}\t\t1.00 EUR\n` : `${i}\tMug ${i}\t1.00 EUR\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  const errors = join(dir, 'errors.jsonl');
  const script = `
    const { importFeed } = require(${JSON.stringify(join(__dirname, '..', '..', 'dist/src/catalogue/import.js'))});
    const { resolveFeeds } = require(${JSON.stringify(join(__dirname, '..', '..', 'dist/src/catalogue/source.js'))});
    const { openDatabase, SqliteProductStore } = require(${JSON.stringify(join(__dirname, '..', '..', 'dist/src/storage'))});
    let issues = 0, peak = 0;
    setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 100).unref();
    (async () => {
      const [feed] = await resolveFeeds(${JSON.stringify(feed)}, { temporaryDir: ${JSON.stringify(dir)} });
      const store = new SqliteProductStore(openDatabase(${JSON.stringify(join(dir, 'data'))}));
      const result = await importFeed({ feed, store, defaultCurrency: 'EUR', onIssue: (issue) => { if (issue.severity === 'error') issues += 1; } });
      require('node:fs').writeFileSync(${JSON.stringify(errors)}, JSON.stringify({ result, issues, peak, count: store.count() }));
    })();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(existsSync(errors)).toBe(true);
  const seen = JSON.parse(readFileSync(errors, 'utf8')) as {
    result: object;
    issues: number;
    peak: number;
    count: number;
  };
  expect(seen.result).toMatchObject({ imported: 990_000, skipped: 10_000 });
  expect(seen.issues).toBe(10_000);
  expect(seen.count).toBe(990_000);
  // The feed alone has 20 MB, its products several hundred: a reader that kept them would need far more.
  expect(seen.peak).toBeLessThan(500 * 1024 ** 2);
}, 300_000);
