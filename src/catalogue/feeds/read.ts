import { setImmediate } from 'node:timers/promises';
import { VitrineError } from '../../domain';
import { ProductBuilder } from './builder';
import { gunzip, isGzip, pieces } from './bytes';
import { quote } from './clean';
import { describeHead } from './describe';
import { detectFormat } from './detect';
import { decoderFor, headText, newlineOf } from './encoding';
import { GoogleTsvParser } from './google-tsv';
import { GoogleXmlParser } from './google-xml';
import { isCurrency } from './prices';
import { SchemaJsonlParser } from './schema-jsonl';
import { ShopifyCsvParser } from './shopify-csv';
import type { FeedFormat, FeedParser, FeedRow, ReadFeedOptions } from './types';

/**
 * Reads a feed of any supported format, also gzip-packed, in one pass and bounded memory. A bad record becomes a row
 * with errors and reading goes on. The same bytes always give the same rows in the same order; of rows with the same
 * product id the later one counts, which is left to the store.
 *
 * Throws a VitrineError: FEED_UNRECOGNISED before the first row, FEED_BROKEN also after some. Throws the signal's
 * reason when aborted, and passes the source's own errors on.
 */
export async function* readFeed(source: AsyncIterable<Buffer>, options: ReadFeedOptions = {}): AsyncGenerator<FeedRow> {
  const currency = options.defaultCurrency ?? 'EUR';
  if (!isCurrency(currency)) throw new VitrineError('CONFIG_INVALID', `not a currency: ${quote(currency)}`);
  const { signal } = options;
  signal?.throwIfAborted();
  const feed = await opened(pieces(source, signal));
  try {
    if (!isGzip(feed.head)) {
      yield* rowsOf(feed, currency, signal);
      return;
    }
    const unpacked = await opened(pieces(gunzip(whole(feed)), signal));
    try {
      yield* rowsOf(unpacked, currency, signal);
    } finally {
      await unpacked.rest.return(undefined);
    }
  } finally {
    await feed.rest.return(undefined);
  }
}

interface Feed {
  /** The first piece; empty only when the feed is. */
  readonly head: Buffer;
  readonly rest: AsyncGenerator<Buffer>;
}

async function opened(rest: AsyncGenerator<Buffer>): Promise<Feed> {
  const first = await rest.next();
  return { head: first.done ? Buffer.alloc(0) : first.value, rest };
}

async function* whole({ head, rest }: Feed): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

async function* rowsOf(feed: Feed, currency: string, signal: AbortSignal | undefined): AsyncGenerator<FeedRow> {
  const { head } = feed;
  const format = isGzip(head) ? undefined : detectFormat(head);
  if (!format) throw new VitrineError('FEED_UNRECOGNISED', `not a product feed but ${describeHead(head)}`);
  const parser = parserFor(format, head, new ProductBuilder(currency));
  const decoder = decoderFor(head);
  for await (const piece of whole(feed)) {
    yield* parser.push(decoder.decode(piece, { stream: true }));
    // Lets sockets and timers run: a feed that lies in memory would hold the event loop to its end.
    await setImmediate();
    signal?.throwIfAborted();
  }
  yield* parser.push(decoder.decode());
  yield* parser.end();
}

function parserFor(format: FeedFormat, head: Buffer, builder: ProductBuilder): FeedParser {
  const newline = newlineOf(headText(head));
  switch (format) {
    case 'google-tsv':
      return new GoogleTsvParser(builder, newline);
    case 'google-xml':
      return new GoogleXmlParser(builder);
    case 'shopify-csv':
      return new ShopifyCsvParser(builder, newline);
    case 'schema-jsonl':
      return new SchemaJsonlParser(builder, newline);
  }
}
