import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestHandler } from 'express';

interface Loaded {
  readonly plain: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

/** Serves one large text file that does not change while the server runs; read and compressed once, at first use. */
export function compressedFile(file: string, contentType: string): RequestHandler {
  let loading: Promise<Loaded> | undefined;
  return async (request, response) => {
    loading ??= load(file);
    let loaded: Loaded;
    try {
      loaded = await loading;
    } catch (error) {
      // A failed load is forgotten, so that the next request tries again.
      loading = undefined;
      throw error;
    }
    response.set({
      'content-type': contentType,
      'cache-control': 'public, max-age=3600',
      vary: 'accept-encoding',
      etag: loaded.etag,
    });
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const zip = request.acceptsEncodings('gzip') === 'gzip';
    if (zip) response.set('content-encoding', 'gzip');
    response.end(zip ? loaded.zipped : loaded.plain);
  };
}

async function load(file: string): Promise<Loaded> {
  const plain = await readFile(file);
  const zipped = await promisify(gzip)(plain);
  return { plain, zipped, etag: `W/"${createHash('sha256').update(plain).digest('base64url')}"` };
}
