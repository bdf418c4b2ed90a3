import { resolve } from 'node:path';
import { AutoTokenizer, Tensor } from '@huggingface/transformers';
import { type TextRole, VitrineError } from '../domain';
import type { TextEncoding } from './manifest';
import { checkModelFiles, openGraph, stayLocal } from './open-graph';
import { poolVectors } from './pooling';
import { TextTokens } from './tokens';
import type { PinnedFile } from './verify';

/** What is needed to load a text encoder; plain data, so that it can be handed to a worker. */
export interface TextModelSpec {
  readonly id: string;
  readonly dimensions: number;
  readonly encoding: TextEncoding;
  /** All files are checked against these before any of them is used. */
  readonly files: readonly PinnedFile[];
  /** Threads of one run. */
  readonly threads: number;
}

/** A loaded text encoder. */
export interface TextModel {
  /** One vector of length 1 and `dimensions` numbers a text, in order, whatever the texts hold. */
  encode(texts: readonly string[], role: TextRole): Promise<Float32Array[]>;
  /** Frees the session; the model can't be used afterwards. */
  dispose(): Promise<void>;
}

/**
 * Loads a text encoder from a folder in Hugging Face layout (`config.json`, `tokenizer.json`, `tokenizer_config.json`,
 * ONNX), on the CPU and without any network. Every file is checked first: throws MODEL_MISSING or MODEL_CORRUPT, whose
 * message names the model and the file; MODEL_CORRUPT, too, when the right bytes can't be loaded.
 */
export async function loadTextModel(folder: string, spec: TextModelSpec): Promise<TextModel> {
  await checkModelFiles(folder, spec);
  stayLocal();
  try {
    return await open(resolve(folder), spec);
  } catch (cause) {
    throw new VitrineError(
      'MODEL_CORRUPT',
      `${spec.id} can't be loaded, although its files are those of the manifest.`,
      {
        cause,
      },
    );
  }
}

async function open(folder: string, spec: TextModelSpec): Promise<TextModel> {
  const { encoding, dimensions, threads } = spec;
  // An absolute path is no model id of the hub, so the library takes it as a folder.
  const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
  const tokens = new TextTokens(tokenizer, encoding);
  const graph = await openGraph(folder, encoding.file, threads);
  return {
    async encode(texts, role) {
      if (texts.length === 0) return [];
      const batch = tokens.batch(texts, role);
      const shape = [batch.rows, batch.width];
      const outputs = await graph.run({
        input_ids: new Tensor('int64', batch.ids, shape),
        attention_mask: new Tensor('int64', batch.mask, shape),
      });
      const output = outputs[encoding.output];
      if (!output) throw new VitrineError('MODEL_CORRUPT', `${spec.id} has no output "${encoding.output}".`);
      return poolVectors(output, encoding.pooling, batch, dimensions);
    },
    dispose: () => graph.dispose(),
  };
}
