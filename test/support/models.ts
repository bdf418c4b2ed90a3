import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../../src/config';

/** Tiny models that make_tiny.py made: real tokenizers and graphs, 8 numbers wide; and make_whisper.py's Whisper; make_translator.py's M2M100. */
export type TinyName = 'starter-like' | 'e5-like' | 'siglip-like' | 'whisper-like' | 'm2m-like';

export const TINY_WIDTH = 8;

const ENCODINGS = {
  'starter-like': {
    file: 'onnx/model_quantized.onnx',
    prefixes: { query: '', document: '' },
    pooling: 'none',
    output: 'sentence_embedding',
    maxTokens: 32,
    padTo: null,
    lowercase: false,
  },
  'e5-like': {
    file: 'onnx/model_quantized.onnx',
    prefixes: { query: 'query: ', document: 'passage: ' },
    pooling: 'mean',
    output: 'last_hidden_state',
    maxTokens: 32,
    padTo: null,
    lowercase: false,
  },
  'siglip-like': {
    file: 'onnx/text_model_quantized.onnx',
    prefixes: { query: '', document: '' },
    pooling: 'none',
    output: 'pooler_output',
    maxTokens: 64,
    padTo: 64,
    lowercase: true,
  },
  'whisper-like': null,
  'm2m-like': null,
} as const;

export function tinyFolder(name: TinyName): string {
  return join(packageRoot(), 'test', 'fixtures', 'models', name);
}

/** Paths of a model's files, below its folder. */
export function filesOf(folder: string): string[] {
  const walk = (at: string): string[] =>
    readdirSync(at).flatMap((name) =>
      statSync(join(at, name)).isDirectory() ? walk(join(at, name)) : [relative(folder, join(at, name))],
    );
  return walk(folder).sort();
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A manifest entry for a tiny model, as it would stand in manifest.json. */
export function tinyEntry(name: TinyName, more: Record<string, unknown> = {}): Record<string, unknown> {
  const folder = tinyFolder(name);
  return {
    id: name,
    kind: 'text',
    set: 'starter',
    space: 'tiny',
    dimensions: TINY_WIDTH,
    languages: ['en'],
    licence: 'Apache-2.0',
    folder: `starter/${name}`,
    revision: '1',
    files: filesOf(folder).map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: sha256Of(bytes) };
    }),
    encoding: ENCODINGS[name],
    quality: {},
    recipe: null,
    ...more,
  };
}

/** Writes a models folder: the manifest, and the files of its starter models. */
export function writeModels(dir: string, entries: readonly Record<string, unknown>[]): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ format: 1, models: entries }));
  for (const { id, set, folder } of entries) {
    if (set === 'starter') cpSync(tinyFolder(id as TinyName), join(dir, folder as string), { recursive: true });
  }
}

/** Row of the tiny models' embedding table. */
export function tinyRow(id: number): number[] {
  return Array.from({ length: TINY_WIDTH }, (_, column) => (((7 * id + 3 * column) % 11) - 5) / 8);
}

/** The vector of length 1 in the direction of the sum of some tokens' rows. */
export function tinyVector(ids: readonly number[]): number[] {
  const sum = Array.from({ length: TINY_WIDTH }, (_, column) =>
    ids.reduce((total, id) => total + (tinyRow(id)[column] ?? 0), 0),
  );
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return sum.map((value) => value / length);
}
