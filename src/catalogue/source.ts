import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Downloader, VitrineError } from '../domain';

/** A feed that lies on this machine, ready to be read as often as needed. */
export interface LocalFeed {
  /** Names the feed in checkpoints and messages: a path, or an address without credentials and query. */
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Changes when the content does. */
  readonly fingerprint: string;
  /** Folder or address that relative picture links are relative to. */
  readonly pictureBase: string;
  /** Removes what was downloaded. */
  dispose(): Promise<void>;
}

const MOST_FEED_BYTES = 20 * 1024 ** 3;
const FEED_NAME = /\.(tsv|txt|xml|rss|csv|jsonl|ndjson|json|gz)$/i;

/** Finds the feeds that FILE, FOLDER or URL names; an address is downloaded first, under the guard's rules. */
export async function resolveFeeds(
  source: string,
  tools: { downloader: Downloader; temporaryDir: string; signal?: AbortSignal; onDownload?: (bytes: number) => void },
): Promise<LocalFeed[]> {
  if (/^https?:\/\//i.test(source)) return [await downloadFeed(source, tools)];
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    throw new VitrineError('DOWNLOAD_BLOCKED', 'feeds are fetched over http and https only');
  }
  const path = resolve(source);
  if (!existsSync(path)) throw new VitrineError('FEED_NOT_FOUND', `there is no file or folder "${basename(path)}"`);
  if (!statSync(path).isDirectory()) return [await localFeed(path)];
  const names = readdirSync(path)
    .filter((name) => FEED_NAME.test(name) && !name.startsWith('.'))
    .sort();
  if (names.length === 0) throw new VitrineError('FEED_NOT_FOUND', `no feed file in the folder "${basename(path)}"`);
  return Promise.all(names.map((name) => localFeed(join(path, name))));
}

async function localFeed(path: string): Promise<LocalFeed> {
  const { size } = statSync(path);
  return {
    name: path,
    file: path,
    bytes: size,
    fingerprint: await contentHash(path),
    pictureBase: dirname(path),
    dispose: async () => undefined,
  };
}

async function downloadFeed(
  url: string,
  tools: { downloader: Downloader; temporaryDir: string; signal?: AbortSignal; onDownload?: (bytes: number) => void },
): Promise<LocalFeed> {
  await mkdir(tools.temporaryDir, { recursive: true });
  const file = join(
    tools.temporaryDir,
    `feed-${process.pid}-${createHash('sha1').update(url).digest('hex').slice(0, 12)}`,
  );
  await tools.downloader.fetchToFile(url, file, {
    maxBytes: MOST_FEED_BYTES,
    ...(tools.signal && { signal: tools.signal }),
    onProgress: (bytes) => tools.onDownload?.(bytes),
  });
  const { origin, pathname } = new URL(url);
  return {
    name: origin + pathname,
    file,
    bytes: statSync(file).size,
    fingerprint: await contentHash(file),
    pictureBase: url,
    dispose: () => rm(file, { force: true }),
  };
}

/** SHA-1 of the content: a feed that was rewritten with the same length and time is still another feed. */
async function contentHash(file: string): Promise<string> {
  const hash = createHash('sha1');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
