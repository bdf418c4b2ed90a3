import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { VitrineError } from '../domain';
import { announcedBytes } from './body';
import { onDisk } from './write-beside';

/** What an earlier download left. */
export interface Part {
  readonly bytes: number;
  /** The strong ETag of the version that the bytes belong to. */
  readonly etag: string | undefined;
}

export async function readPart(file: string): Promise<Part> {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile()) return { bytes: 0, etag: undefined };
  return { bytes: info.size, etag: await readFile(etagFile(file), 'latin1').catch(() => undefined) };
}

/** Asks for the rest, and for all of it when the version has changed. */
export function rangeHeaders({ bytes, etag }: Part): Record<string, string> {
  if (bytes === 0) return {};
  return { range: `bytes=${bytes}-`, ...(etag !== undefined && { 'if-range': etag }) };
}

/**
 * Appends the rest (206), starts anew (200), or finds that nothing is left to come (416 with a length that fits).
 *
 * @returns the file's length and how much of it was there before, in bytes
 */
export async function writePart(
  file: string,
  part: Part,
  answer: { response: IncomingMessage; host: string; body: AsyncIterable<Buffer> },
  options: { maxBytes: number; onProgress?: (bytes: number, total: number | undefined) => void },
): Promise<{ bytes: number; resumedFrom: number }> {
  const { response, host } = answer;
  const { start, total } = contentRange(response);
  if (response.statusCode === 416) {
    if (part.bytes > 0 && total === part.bytes) return { bytes: part.bytes, resumedFrom: part.bytes };
    await forgetPart(file);
    throw failed(`${host} has no such range.`);
  }
  const resumes = response.statusCode === 206;
  if (resumes && start !== part.bytes) throw failed(`${host} answered with another range.`);
  if ((response.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw failed(`${host} answered in an encoding that was not asked for.`);
  }
  const resumedFrom = resumes ? part.bytes : 0;
  const whole = resumes ? total : announcedBytes(response);
  const handle = await onDisk(() => open(file, resumes ? 'a' : 'w'));
  let bytes = resumedFrom;
  try {
    // After the old bytes are gone: a kill in between must not leave them under the new name.
    if (!resumes) await keepEtag(file, response.headers.etag);
    for await (const chunk of answer.body) {
      if (bytes + chunk.length > options.maxBytes) {
        throw new VitrineError('DOWNLOAD_TOO_LARGE', `${host} sent more than ${options.maxBytes} bytes.`);
      }
      await onDisk(() => handle.writeFile(chunk));
      bytes += chunk.length;
      options.onProgress?.(bytes, whole);
    }
    await onDisk(() => handle.sync());
  } finally {
    await handle.close();
  }
  if (whole !== undefined && whole !== bytes) throw failed(`${host} sent less than it announced.`);
  return { bytes, resumedFrom };
}

/** Removes what has come so far. */
export async function forgetPart(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(etagFile(file), { force: true });
}

function etagFile(file: string): string {
  return `${file}.etag`;
}

/** Weak ETags don't vouch for bytes: If-Range must not name them (RFC 9110, 13.1.5). */
async function keepEtag(file: string, etag: string | undefined): Promise<void> {
  if (etag?.startsWith('"')) await onDisk(() => writeFile(etagFile(file), etag, 'latin1'));
  else await rm(etagFile(file), { force: true });
}

/** First byte and whole length that Content-Range tells. */
function contentRange(response: IncomingMessage): { start: number | undefined; total: number | undefined } {
  const match = /^bytes (?:(\d{1,15})-\d{1,15}|\*)\/(\d{1,15}|\*)$/.exec(response.headers['content-range'] ?? '');
  const numberOf = (text: string | undefined) => (text === undefined || text === '*' ? undefined : Number(text));
  return { start: numberOf(match?.[1]), total: numberOf(match?.[2]) };
}

function failed(message: string): VitrineError {
  return new VitrineError('DOWNLOAD_FAILED', message);
}
