import { gzipSync } from 'node:zlib';
import { type FeedRow, readFeed } from '../../../src/catalogue/feeds';
import { RecordReader } from '../../../src/catalogue/feeds/records';
import { faultOf, jsonl, onlyProduct, rowsOf, sourceOf } from './support';

const MB = 1024 * 1024;

async function* repeated(head: string, piece: Buffer, times: number, tail = ''): AsyncGenerator<Buffer> {
  yield Buffer.from(head);
  for (let count = 0; count < times; count += 1) yield piece;
  yield Buffer.from(tail);
}

/** Rows and the highest heap use, measured from a first row on. */
async function measured(source: AsyncIterable<Buffer>) {
  const rows: FeedRow[] = [];
  let products = 0;
  let highest = 0;
  const before = process.memoryUsage();
  const held = (usage: NodeJS.MemoryUsage) => usage.heapUsed + usage.external;
  const watched = (async function* () {
    for await (const chunk of source) {
      highest = Math.max(highest, held(process.memoryUsage()) - held(before));
      yield chunk;
    }
  })();
  for await (const row of readFeed(watched)) {
    if (row.product) products += 1;
    else rows.push(row);
  }
  return { errors: rows, products, grewMb: highest / MB };
}

const reasons = (rows: readonly FeedRow[]) => rows.map(({ row, errors }) => [row, errors[0]?.reason]);

test('20,000 rows stream in bounded memory', async () => {
  const text = 'warm and light '.repeat(100);
  async function* feed(): AsyncGenerator<Buffer> {
    yield Buffer.from('id\ttitle\tdescription\n');
    for (let row = 0; row < 20_000; row += 100) {
      yield Buffer.from(
        Array.from({ length: 100 }, (_, place) => `${row + place}\tHat ${row + place}\t${text}\n`).join(''),
      );
    }
  }
  const { products, grewMb } = await measured(feed());
  expect(products).toBe(20_000);
  expect(grewMb).toBeLessThan(150);
});

test.each([
  ['TSV', 'id\ttitle\n1\tHat\n2\t', '\n3\tCap\n', 'a record of more than 1 MB', 3],
  ['TSV that opens a quote', 'id\ttitle\n1\tHat\n2\t"', '\n3\tCap\n', 'a record of more than 1 MB', 3],
  ['CSV', 'Handle,Title,Vendor\na,Hat,\nb,', '\nc,Cap,\n', 'a record of more than 1 MB', 3],
  [
    'JSON Lines',
    jsonl({ '@type': 'Product', sku: '1', name: 'Hat' }),
    '\n{"sku":"2","name":"Cap"}\n',
    'a record of more than 1 MB',
    2,
  ],
])('a line of 200 MB is an error row and reading goes on: %s', async (_name, head, tail, reason, line) => {
  const { errors, products, grewMb } = await measured(repeated(head, Buffer.alloc(MB, 'x'), 200, tail));
  expect(products).toBe(2);
  expect(reasons(errors)).toEqual([[line, reason]]);
  expect(grewMb).toBeLessThan(150);
});

test('an endless header breaks the feed', async () => {
  const { error } = await faultOf(repeated('id\ttitle\t', Buffer.alloc(MB, 'x'), 50));
  expect([error.code, error.message]).toEqual(['FEED_BROKEN', 'line 1: the header is a record of more than 1 MB']);
});

test('a quote that stays open costs one row, in the middle and at the end', async () => {
  const filler = Array.from({ length: 30_000 }, (_, place) => `f${place}\t${'x'.repeat(60)}`).join('\n');
  const rows = await rowsOf(`id\ttitle\n1\t"open\n${filler}\nlast\t"open too\nend\tHat\n`);
  const failed = rows.filter(({ product }) => !product);
  expect(reasons(failed)).toEqual([
    [2, 'a quote (") is opened and not closed'],
    [30_003, 'a quote (") is opened and not closed'],
  ]);
  expect(rows.at(-1)?.product?.id).toBe('end');
  expect(rows).toHaveLength(30_003);
});

test.each([
  ['opening quotes', '"x\t'],
  ['pairs', '""'],
  ['pairs in cells', '""x\t'],
  ['lines of pairs', '\t""x\n'],
  ['open lines', '"a\n'],
  ['quoted cells', '"a"\t'],
  ['newlines', '\n'],
  ['returns', '"\r'],
])('hostile quotes cost linear time: %s', (_name, piece) => {
  const reader = new RecordReader({ delimiter: '\t', newline: '\n' });
  const text = `"${piece.repeat((3 * MB) / piece.length)}`;
  let records = 0;
  for (let at = 0; at < text.length; at += 65_536) {
    for (const record of reader.push(text.slice(at, at + 65_536))) records += record.line > 0 ? 1 : 0;
  }
  for (const record of reader.push('', true)) records += record.line > 0 ? 1 : 0;
  expect(records).toBeGreaterThan(0);
});

test('a description that many variants share is cleaned once', async () => {
  const variant = { '@type': 'Product', sku: 's' };
  const description = '<b>x</b>'.repeat(60_000);
  const rows = await rowsOf(
    jsonl({ '@type': 'ProductGroup', name: 'Hat', description, hasVariant: Array(2_600).fill(variant) }),
  );
  expect(rows).toHaveLength(2_501);
  expect(rows.at(-1)?.errors[0]?.reason).toBe('only the first 2500 are read');
  expect(rows[2_499]?.product?.description).toHaveLength(10_000);
});

describe('gzip', () => {
  test('is read like the feed in it', async () => {
    expect(await onlyProduct(gzipSync('id\ttitle\n1\tHat\n'))).toMatchObject({ id: '1', title: 'Hat' });
  });

  test('that is cut off or damaged breaks the feed', async () => {
    const packed = gzipSync(
      `id\ttitle\n${Array.from({ length: 9_000 }, (_, place) => `${place}\tHat ${place * 7919}`).join('\n')}`,
    );
    const cut = await faultOf(sourceOf(packed.subarray(0, packed.length - 100)));
    packed.fill(0xff, 200, 300);
    const damaged = await faultOf(sourceOf(packed));
    expect([cut.error.code, damaged.error.code]).toEqual(['FEED_BROKEN', 'FEED_BROKEN']);
    expect(cut.error.message).toBe('the gzip data is damaged: unexpected end of file');
  });

  test('that grows beyond measure breaks the feed', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('id\ttitle\n'), Buffer.alloc(80 * MB, 'x')]));
    const { error } = await faultOf(sourceOf(bomb));
    expect([error.code, error.message]).toEqual(['FEED_BROKEN', 'the gzip data grows more than 200 times']);
  });
});

describe('ending early', () => {
  const FEED = `id\ttitle\n${'1\tHat\n'.repeat(50_000)}`;

  test('an abort ends the wait for a silent source', async () => {
    const controller = new AbortController();
    const silent: AsyncIterable<Buffer> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<Buffer>>(() => undefined) }),
    };
    const fault = faultOf(silent, { signal: controller.signal });
    controller.abort(new Error('stop'));
    expect((await fault).error.message).toBe('stop');
  });

  test('an abort between rows stops reading, packed or not', async () => {
    for (const bytes of [Buffer.from(FEED), gzipSync(FEED)]) {
      const controller = new AbortController();
      let rows = 0;
      const reading = (async () => {
        for await (const _row of readFeed(sourceOf(bytes), { signal: controller.signal })) {
          rows += 1;
          if (rows === 10) controller.abort(new Error('stop'));
        }
      })();
      await expect(reading).rejects.toThrow('stop');
      expect(rows).toBeLessThan(50_000);
    }
  });

  test('a reader that leaves, and a file that is no feed, close the source', async () => {
    for (const content of [
      Buffer.from(FEED),
      gzipSync(FEED.split('').reverse().join('')),
      Buffer.from(`%PDF${FEED}`),
    ]) {
      let closed = false;
      const source = (async function* () {
        try {
          for (;;) yield content;
        } finally {
          closed = true;
        }
      })();
      try {
        for await (const _row of readFeed(source)) break;
      } catch {
        // No feed: what counts is that the source was closed.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(closed).toBe(true);
    }
  });

  test('the source’s own error comes through', async () => {
    const failing = (async function* () {
      yield Buffer.from(FEED);
      throw new Error('connection lost');
    })();
    const { error, rows } = await faultOf(failing);
    expect(error.message).toBe('connection lost');
    expect(rows.length).toBeGreaterThan(0);
  });
});

test('a default currency that is none is refused', async () => {
  const { error } = await faultOf(sourceOf('id\ttitle\n'), { defaultCurrency: 'EURO' });
  expect(error.code).toBe('CONFIG_INVALID');
});
