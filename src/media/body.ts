import type { IncomingMessage } from 'node:http';
import { addAbortSignal, Duplex, pipeline, Transform, type TransformCallback } from 'node:stream';
import zlib from 'node:zlib';
import { VitrineError } from '../domain';
import type { OpenResponse } from './request';

export interface BodyOptions {
  /** Most bytes after decoding. */
  readonly maxBytes: number;
  readonly host: string;
  readonly signal: AbortSignal;
}

/** An encoded body may be this much longer than the limit: headers and members of the encoding. */
const ENCODING_ALLOWANCE = 65_536;

/**
 * The decoded body, piece by piece. Ends by throwing when it grows past `maxBytes` (whatever Content-Length says),
 * when it is cut off, or when it is longer or shorter than announced.
 */
export async function* readBody(opened: OpenResponse, options: BodyOptions): AsyncGenerator<Buffer> {
  const { response } = opened;
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const announced = announcedBytes(response);
  const plain = encoding === 'identity' || encoding === '';
  if (announced !== undefined && announced > options.maxBytes + (plain ? 0 : ENCODING_ALLOWANCE))
    throw tooLarge(options);
  const steps: Duplex[] = plain
    ? [new ByteLimit(options.maxBytes, options)]
    : [
        new ByteLimit(options.maxBytes + ENCODING_ALLOWANCE, options),
        decoderFor(encoding, options.host),
        new ByteLimit(options.maxBytes, options),
      ];
  const body = steps.at(-1) as Duplex;
  addAbortSignal(options.signal, body);
  // The last step is destroyed with the error of any step, so reading it throws that error.
  pipeline([response, ...steps], () => undefined);
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    yield chunk;
  }
  // A body that ended normally may still be a wrong one: bytes followed, or the request was ended from here.
  options.signal.throwIfAborted();
  const failure = opened.failure();
  if (failure !== undefined) throw failure;
  if (!response.complete || (plain && announced !== undefined && announced !== bytes)) {
    throw new VitrineError('DOWNLOAD_FAILED', `The answer of ${options.host} has not the length that it announced.`);
  }
}

/** Content-Length, which says nothing about the decoded body when the answer is encoded. */
export function announcedBytes(response: IncomingMessage): number | undefined {
  const text = response.headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Servers were asked for `identity`; some compress anyway. */
function decoderFor(encoding: string, host: string): Duplex {
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip();
  if (encoding === 'deflate') return Duplex.from(inflateEither);
  if (encoding === 'br') return zlib.createBrotliDecompress();
  throw new VitrineError('DOWNLOAD_FAILED', `${host} answered in an encoding that was not asked for.`);
}

/** `deflate` means zlib's format; some servers send it without zlib's header. */
async function* inflateEither(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const rest = source[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done === true) return;
  const decoder = (first.value.readUInt8(0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  const all = async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  yield* pipeline(all, decoder, () => undefined) as AsyncIterable<Buffer>;
}

function tooLarge(options: BodyOptions): VitrineError {
  return new VitrineError('DOWNLOAD_TOO_LARGE', `${options.host} sent more than ${options.maxBytes} bytes.`);
}

/** Passes bytes on until there are too many. */
class ByteLimit extends Transform {
  private bytes = 0;

  constructor(
    private readonly limit: number,
    private readonly body: BodyOptions,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.limit) done(tooLarge(this.body));
    else done(null, chunk);
  }
}
