import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VitrineError } from '../domain';

/** Rules and models that made an index. Vectors and tokens of different makers must not be compared. */
export interface IndexMakers {
  readonly analyzer: string;
  readonly tagger: string;
  /** The encoder of the vector column; null where there is none. */
  readonly encoder: EncoderMark | null;
  /** The encoder of the pictures' vectors; null where there are none. */
  readonly pictureEncoder: EncoderMark | null;
  /** The weights that fused products' vectors; null where none did. */
  readonly fusion: string | null;
}

/** What an index remembers of an encoder. */
export interface EncoderMark {
  readonly id: string;
  readonly space: string;
  readonly dimensions: number;
}

export interface IndexManifest extends IndexMakers {
  readonly format: 1;
  /** Folder of this generation below the index folder. */
  readonly generation: string;
  /** Store revision up to which the index is complete. */
  readonly revision: number;
  readonly products: number;
  readonly currency: string;
}

const FILE = 'current.json';

/** The manifest of the serving index, or undefined when there is none. Throws INDEX_FAILED when it is unreadable. */
export function readManifest(folder: string): IndexManifest | undefined {
  const file = join(folder, FILE);
  if (!existsSync(file)) return undefined;
  try {
    // Indexes that are older than photos say nothing of pictures, and older ones than fusion nothing of that.
    const manifest = { pictureEncoder: null, fusion: null, ...JSON.parse(readFileSync(file, 'utf8')) } as IndexManifest;
    if (manifest.format !== 1 || !/^[\w-]+$/.test(manifest.generation)) throw new Error('unknown format');
    return manifest;
  } catch (error) {
    throw new VitrineError('INDEX_FAILED', "the index's manifest can't be read", { cause: error });
  }
}

/** Replaces the manifest in one step: readers see the old index or the new one. */
export async function writeManifest(folder: string, manifest: IndexManifest): Promise<void> {
  await writeJson(join(folder, FILE), manifest);
}

/** Writes beside and renames, so that a kill leaves the old file or the new one. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  try {
    await writeFile(partial, JSON.stringify(value), { flush: true });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Names the first thing that differs, or undefined when both makers are the same. */
export function differenceOf(a: IndexMakers, b: IndexMakers): string | undefined {
  if (a.analyzer !== b.analyzer) return `the word rules (${a.analyzer}, not ${b.analyzer})`;
  if (a.tagger !== b.tagger) return `the attribute rules (${a.tagger}, not ${b.tagger})`;
  if (JSON.stringify(a.encoder) !== JSON.stringify(b.encoder)) {
    return `the encoder (${a.encoder?.id ?? 'none'}, not ${b.encoder?.id ?? 'none'})`;
  }
  if (JSON.stringify(a.pictureEncoder) !== JSON.stringify(b.pictureEncoder)) {
    return `the image encoder (${a.pictureEncoder?.id ?? 'none'}, not ${b.pictureEncoder?.id ?? 'none'})`;
  }
  if (a.fusion !== b.fusion) return `the fusion weights (${a.fusion ?? 'none'}, not ${b.fusion ?? 'none'})`;
  return undefined;
}
