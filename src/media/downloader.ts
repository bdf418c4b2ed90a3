import type { IncomingMessage } from 'node:http';
import { type Downloader, type FileDownloadOptions, VitrineError } from '../domain';
import { type Resolver, systemResolver } from './address';
import { announcedBytes, readBody } from './body';
import { Deadline } from './deadline';
import { rangeHeaders, readPart, writePart } from './partial-file';
import { type OpenResponse, openResponse } from './request';
import { checkTarget } from './target';
import { writeBeside } from './write-beside';

export interface GuardedDownloaderOptions {
  /** `host:port` entries that may be private, for a merchant's own intranet. Default none. */
  readonly allowPrivate?: readonly string[];
  /** Resolves names in place of the system. */
  readonly lookup?: Resolver;
  /** Milliseconds for name, connection and TLS of one hop. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds for the whole transfer, redirects included. */
  readonly readTimeoutMs?: number;
  /** Milliseconds of silence that end a transfer of `resumeToFile`. */
  readonly idleTimeoutMs?: number;
  readonly maxRedirects?: number;
}

interface Transfer {
  readonly response: IncomingMessage;
  readonly host: string;
  readonly body: AsyncGenerator<Buffer>;
}

interface TransferOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers that `use` is given; any other is a failure. */
  readonly statuses?: readonly number[];
  /** Limits silence instead of the whole transfer. */
  readonly idleMs?: number;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches addresses that outsiders chose. Connects to public addresses only, checks each redirect again, caps the
 * decoded bytes while they come, and ends in time. Throws VitrineErrors DOWNLOAD_BLOCKED, _FAILED, _TOO_LARGE and
 * _TIMEOUT, whose messages name the host at most (an answer that is none has `cause.status`); a file that cannot be written throws STORAGE_FULL or STORAGE_FAILED.
 * A download that the caller's signal ends throws DOWNLOAD_FAILED with the signal's reason as cause (DOWNLOAD_TIMEOUT
 * when that reason is a TimeoutError).
 */
export class GuardedDownloader implements Downloader {
  private readonly allowed: ReadonlySet<string>;
  private readonly resolve: Resolver;
  private readonly connectTimeoutMs: number;
  private readonly readTimeoutMs: number;
  private readonly idleTimeoutMs: number;
  private readonly maxRedirects: number;

  constructor(options: GuardedDownloaderOptions = {}) {
    this.allowed = new Set(options.allowPrivate?.map((entry) => entry.toLowerCase()));
    this.resolve = options.lookup ?? systemResolver;
    this.connectTimeoutMs = options.connectTimeoutMs ?? 2_000;
    this.readTimeoutMs = options.readTimeoutMs ?? 20_000;
    this.idleTimeoutMs = options.idleTimeoutMs ?? 30_000;
    this.maxRedirects = options.maxRedirects ?? 3;
  }

  fetch(
    url: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<{ bytes: Buffer; contentType: string }> {
    return this.transfer(url, options, async ({ response, body }) => {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return { bytes: Buffer.concat(chunks), contentType: response.headers['content-type'] ?? '' };
    });
  }

  fetchToFile(
    url: string,
    file: string,
    options: FileDownloadOptions,
  ): Promise<{ bytes: number; contentType: string; etag: string | undefined }> {
    return this.transfer(url, options, async ({ response, body }) => {
      const total = response.headers['content-encoding'] === undefined ? announcedBytes(response) : undefined;
      const bytes = await writeBeside(file, body, (written) => options.onProgress?.(written, total));
      return { bytes, contentType: response.headers['content-type'] ?? '', etag: response.headers.etag };
    });
  }

  async resumeToFile(
    url: string,
    file: string,
    options: FileDownloadOptions,
  ): Promise<{ bytes: number; resumedFrom: number }> {
    const part = await readPart(file);
    const transfer = {
      maxBytes: options.maxBytes,
      ...(options.signal && { signal: options.signal }),
      headers: rangeHeaders(part),
      statuses: [200, 206, 416],
      idleMs: this.idleTimeoutMs,
    };
    return this.transfer(url, transfer, (answer) => writePart(file, part, answer, options));
  }

  private async transfer<T>(
    url: string,
    options: TransferOptions,
    use: (transfer: Transfer) => Promise<T>,
  ): Promise<T> {
    let target = checkTarget(url, this.allowed);
    const { headers, statuses = [200], idleMs } = options;
    const deadline = new Deadline(idleMs ?? this.readTimeoutMs, target.host, options.signal);
    const { signal } = deadline;
    let opened: OpenResponse | undefined;
    try {
      for (let redirects = 0; ; redirects++) {
        const { resolve, connectTimeoutMs } = this;
        opened = await openResponse(target, { resolve, connectTimeoutMs, signal, ...(headers && { headers }) });
        const { response } = opened;
        if (!REDIRECTS.has(response.statusCode ?? 0)) {
          const { host } = target;
          const status = response.statusCode ?? 0;
          if (!statuses.includes(status)) throw failed(`${host} answered with ${status}.`, { cause: { status } });
          const body = readBody(opened, { maxBytes: options.maxBytes, host, signal });
          return await use({ response, host, body: idleMs === undefined ? body : extending(body, deadline) });
        }
        if (redirects >= this.maxRedirects) throw failed(`${target.host} redirects too often.`);
        const { location } = response.headers;
        if (location === undefined) throw failed(`${target.host} redirects to nowhere.`);
        opened.close();
        // Header bytes come as Latin-1; addresses in them are UTF-8.
        target = checkTarget(Buffer.from(location, 'latin1').toString(), this.allowed, target.url);
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw error instanceof VitrineError ? error : failed(`${target.host} could not be fetched (${codeOf(error)}).`);
    } finally {
      deadline.dispose();
      opened?.close();
    }
  }
}

/** Every piece that comes starts the time anew. */
async function* extending(body: AsyncGenerator<Buffer>, deadline: Deadline): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    deadline.extend();
    yield chunk;
  }
}

function failed(message: string, options?: { cause: { status: number } }): VitrineError {
  return new VitrineError('DOWNLOAD_FAILED', message, options);
}

/** `ECONNREFUSED`, `HPE_INVALID_CONSTANT` … The error itself is not kept: some hold the bytes that were received. */
function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no code';
}
