import { z } from 'zod';
import { type Downloader, VitrineError } from '../domain';
import type { Pin } from './lock';
import type { ModelEntry } from './manifest';
import type { PinnedFile } from './verify';

/** Most bytes of an answer about a repository. */
const MOST_BYTES = 8 * 1024 ** 2;

const revisionAnswer = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const treeAnswer = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number().int().nonnegative(),
    oid: z.string(),
    lfs: z.object({ oid: z.string(), size: z.number().int().nonnegative() }).optional(),
  }),
);

/** Where a file of a repository lies on the hub. */
export function addressOf(hub: string, repository: string, revision: string, path: string): string {
  return `${base(hub)}/${repository}/resolve/${revision}/${path}`;
}

/**
 * Asks the hub which commit a branch is at, and which bytes that commit's files have: SHA-256 for large files, git's
 * SHA-1 for small ones. What the manifest knows itself stays; an answer that contradicts it throws MODEL_CHANGED. The
 * first pull has to trust this answer: only hashes that stand in the manifest guard against a hub that lies then.
 */
export async function askHub(
  entry: ModelEntry,
  tools: { hub: string; downloader: Downloader; signal?: AbortSignal },
): Promise<Pin> {
  const repository = entry.repository ?? '';
  const api = `${base(tools.hub)}/api/models/${repository}`;
  const ask = async <T>(address: string, schema: z.ZodType<T>): Promise<T> => {
    const options = { maxBytes: MOST_BYTES, ...(tools.signal && { signal: tools.signal }) };
    const { bytes } = await tools.downloader.fetch(address, options);
    try {
      return schema.parse(JSON.parse(bytes.toString('utf8')));
    } catch {
      throw new VitrineError('DOWNLOAD_FAILED', `The hub's answer about ${repository} can't be understood.`);
    }
  };
  const pinned = /^[0-9a-f]{40}$/.test(entry.revision);
  const revision = pinned
    ? entry.revision
    : (await ask(`${api}/revision/${encodeURIComponent(entry.revision)}`, revisionAnswer)).sha;
  const tree = await ask(`${api}/tree/${revision}?recursive=true`, treeAnswer);
  const files = entry.files.map((wanted): PinnedFile => {
    const found = tree.find(({ type, path }) => type === 'file' && path === wanted.path);
    if (!found) throw changed(entry, `${wanted.path} is not in ${repository} at ${revision}`);
    const digest = found.lfs
      ? { algorithm: 'sha256' as const, hex: found.lfs.oid }
      : { algorithm: 'git-blob' as const, hex: found.oid };
    const told = { path: wanted.path, bytes: found.lfs?.size ?? found.size, digest };
    const differs =
      (wanted.bytes !== null && wanted.bytes !== told.bytes) ||
      (wanted.sha256 !== null && digest.algorithm === 'sha256' && digest.hex !== wanted.sha256);
    if (differs) throw changed(entry, `${wanted.path} is another file on the hub than in the manifest`);
    return wanted.sha256 === null ? told : { ...told, digest: { algorithm: 'sha256', hex: wanted.sha256 } };
  });
  return { repository, revision, files };
}

function base(hub: string): string {
  return hub.replace(/\/+$/, '');
}

function changed(entry: ModelEntry, message: string): VitrineError {
  return new VitrineError('MODEL_CHANGED', `${entry.id}: ${message}.`);
}
