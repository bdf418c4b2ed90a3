import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import type { Request } from 'express';
import { VitrineError } from '../../domain';

const MAX_FILE_BYTES = 16 * 1024 * 1024;
const MAX_FILES = 5;
const MAX_ACTIVITY_BYTES = 64 * 1024;
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';

export interface ReceivedFile {
  readonly bytes: Buffer;
  /** As the client named it: not safe for a file system. */
  readonly name: string;
}

export interface ReceivedParts {
  readonly files: readonly ReceivedFile[];
  /** JSON, where the upload describes itself. */
  readonly activity: string | undefined;
}

/** Reads an upload: a multipart form whose activity is a part of its own, or one raw file. */
export function receiveFiles(request: Request): Promise<ReceivedParts> {
  const type = request.headers['content-type'] ?? '';
  return /^multipart\/form-data\b/i.test(type) ? receiveForm(request, type) : receiveRaw(request);
}

function receiveForm(request: Request, contentType: string): Promise<ReceivedParts> {
  return new Promise((resolve, reject) => {
    const files: ReceivedFile[] = [];
    let activity: string | undefined;
    let form: InstanceType<typeof Busboy>;
    try {
      form = new Busboy({
        headers: { 'content-type': contentType },
        limits: { fileSize: MAX_FILE_BYTES, files: MAX_FILES + 1, fields: 2, fieldSize: MAX_ACTIVITY_BYTES, parts: 10 },
      });
    } catch {
      reject(invalid());
      return;
    }
    const fail = (error: VitrineError): void => {
      request.unpipe(form);
      request.resume();
      reject(error);
    };
    form.on('file', (field, stream: BusboyFileStream, name, _encoding, partType) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('limit', () => fail(tooLarge()));
      stream.on('error', () => fail(invalid()));
      stream.on('end', () => {
        const bytes = Buffer.concat(parts);
        // DirectLineJS sends the activity as a file.
        if (field === 'activity' || partType === ACTIVITY_TYPE) {
          if (bytes.length > MAX_ACTIVITY_BYTES) fail(tooLarge());
          else activity = bytes.toString('utf8');
        } else files.push({ bytes, name: name ?? 'file' });
      });
    });
    form.on('field', (field, value) => {
      if (field === 'activity') activity = value;
    });
    form.on('filesLimit', () => fail(tooMany()));
    form.on('partsLimit', () => fail(tooMany()));
    form.on('error', () => fail(invalid()));
    form.on('finish', () => (files.length > MAX_FILES ? reject(tooMany()) : resolve({ files, activity })));
    request.on('aborted', () => fail(invalid()));
    request.pipe(form);
  });
}

async function receiveRaw(request: Request): Promise<ReceivedParts> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_FILE_BYTES) {
      request.resume();
      throw tooLarge();
    }
    parts.push(part);
  }
  const name = /filename="?([^";]+)/i.exec(request.headers['content-disposition'] ?? '')?.[1] ?? 'file';
  return { files: length === 0 ? [] : [{ bytes: Buffer.concat(parts), name }], activity: undefined };
}

function invalid(): VitrineError {
  return new VitrineError('MESSAGE_INVALID', 'The upload cannot be read.');
}

function tooLarge(): VitrineError {
  return new VitrineError('ATTACHMENT_TOO_LARGE', `A file has more than ${MAX_FILE_BYTES} bytes.`);
}

function tooMany(): VitrineError {
  return new VitrineError('MESSAGE_INVALID', `An upload holds at most ${MAX_FILES} files.`);
}
