import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

/** Content encodings that the build lays beside a file, best first. */
const ENCODINGS = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
] as const;
/** Files that the build named by their content. */
const HASHED = /^\/assets\//;

/**
 * Serves the built pages of a folder. Files with a hash in their name never change and are kept by browsers; the pages
 * themselves are asked for anew. Compressed copies that lie beside a file go to who accepts them.
 */
export function pageFiles(folder: string): Router {
  const router = Router();
  router.use(compressedCopy(folder));
  router.use(
    express.static(folder, {
      index: 'index.html',
      cacheControl: false,
      setHeaders: (response) => {
        const { originalUrl } = response.req;
        const lasting = HASHED.test(originalUrl);
        response.setHeader('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  return router;
}

/** Turns a request for a file into one for its compressed copy. */
function compressedCopy(folder: string): RequestHandler {
  // Listed once, at first use: the build is done before the server starts.
  let files: ReadonlySet<string> | undefined;
  return (request, response, next) => {
    files ??= filesOf(folder);
    const known = files;
    const { pathname, search } = new URL(request.url, 'http://localhost');
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const copies = ENCODINGS.filter(({ extension }) => known.has(path + extension));
    const accepted = copies.length > 0 ? request.acceptsEncodings(copies.map(({ name }) => name)) : false;
    if (copies.length > 0) response.vary('accept-encoding');
    const copy = copies.find(({ name }) => name === accepted);
    if (copy !== undefined) {
      response.set('content-encoding', copy.name);
      response.type(extname(path));
      request.url = path + copy.extension + search;
    }
    next();
  };
}

function filesOf(folder: string): ReadonlySet<string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/')),
  );
}
