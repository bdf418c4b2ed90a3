import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type LocalServer, startServer } from '../media/helpers/servers';
import { filesOf, sha256Of, type TinyName, tinyEntry, tinyFolder } from './models';

export const REPOSITORY = 'tiny/model-ONNX';
export const REVISION = '0123456789abcdef0123456789abcdef01234567';

/** What was asked for and how many bytes of the file went out. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  sent: number;
}

/** A server that speaks the hub's paths, with one repository: a tiny model. Files lie behind a redirect, as there. */
export interface Hub extends LocalServer {
  readonly files: Map<string, Buffer>;
  readonly asked: Asked[];
  /** Cuts the next answer about a file after some bytes. */
  readonly cuts: Map<string, number>;
  /** Falls silent in the next answer about a file, after some bytes. */
  readonly stall: Map<string, number>;
  /** Answers about a file with this status instead. */
  readonly statuses: Map<string, number>;
  /** Does it understand Range? */
  ranges: boolean;
  etags: boolean;
  /** The commit that the branch is at. */
  revision: string;
  /** Bytes of a file that went out. */
  sentOf(path: string): number;
}

export async function startHub(name: TinyName = 'e5-like'): Promise<Hub> {
  const files = new Map(filesOf(tinyFolder(name)).map((path) => [path, readFileSync(join(tinyFolder(name), path))]));
  const asked: Asked[] = [];
  const state = {
    files,
    asked,
    cuts: new Map<string, number>(),
    stall: new Map<string, number>(),
    statuses: new Map<string, number>(),
    ranges: true,
    etags: true,
    revision: REVISION,
    sentOf: (path: string) => asked.filter((each) => each.path === path).reduce((sum, each) => sum + each.sent, 0),
  };
  let hub: Hub | undefined;
  const server = await startServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub');
    const at = hub?.revision ?? '';
    if (pathname === `/api/models/${REPOSITORY}/revision/main`) return json(response, { sha: at });
    if (pathname === `/api/models/${REPOSITORY}/tree/${at}`) return json(response, tree(files));
    const resolved = `/${REPOSITORY}/resolve/${at}/`;
    if (pathname.startsWith(resolved)) {
      response.writeHead(302, { location: `/cdn/${pathname.slice(resolved.length)}?signature=x` }).end();
      return;
    }
    const path = pathname.slice('/cdn/'.length);
    const body = files.get(path);
    const status = state.statuses.get(path);
    if (!pathname.startsWith('/cdn/') || !body || status !== undefined) {
      response.writeHead(status ?? 404).end('no');
      return;
    }
    const { range, 'if-range': ifRange } = request.headers;
    const entry: Asked = { path, range, ifRange: ifRange as string | undefined, sent: 0 };
    asked.push(entry);
    const etag = `"${sha256Of(body)}"`;
    const fits = hub?.ranges && range !== undefined && (ifRange === undefined || ifRange === etag);
    const start = fits ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    const headers = { 'content-length': body.length - start, ...(hub?.etags && { etag }) };
    if (fits)
      response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` });
    else response.writeHead(200, headers);
    const cut = state.cuts.get(path);
    const most = cut ?? state.stall.get(path);
    state.cuts.delete(path);
    state.stall.delete(path);
    const part = body.subarray(start, most === undefined ? undefined : start + most);
    entry.sent = part.length;
    if (most === undefined) response.end(part);
    else response.write(part, () => cut !== undefined && setTimeout(() => response.destroy(), 100));
  });
  hub = Object.assign(state, server);
  return hub;
}

/** The entry of the tiny model as a hub model; `open` leaves its branch and hashes to the first pull. */
export function hubEntry(more: Record<string, unknown> = {}, open = false): Record<string, unknown> {
  const { folder: _, ...entry } = tinyEntry('e5-like');
  const files = entry.files as { path: string }[];
  return {
    ...entry,
    set: 'hub',
    repository: REPOSITORY,
    revision: open ? 'main' : REVISION,
    files: open ? files.map(({ path }) => ({ path, bytes: null, sha256: null })) : files,
    ...more,
  };
}

/** As the hub tells it: SHA-256 of large files, which here are the ONNX ones, and git's SHA-1 of the others. */
function tree(files: ReadonlyMap<string, Buffer>): unknown[] {
  return [
    { type: 'directory', oid: 'd'.repeat(40), size: 0, path: 'onnx' },
    ...[...files].map(([path, bytes]) => {
      const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
      const file = { type: 'file', oid, size: bytes.length, path };
      return path.endsWith('.onnx')
        ? { ...file, lfs: { oid: sha256Of(bytes), size: bytes.length, pointerSize: 132 } }
        : file;
    }),
  ];
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
