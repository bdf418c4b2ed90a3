import { AutoTokenizer, Tensor } from '@huggingface/transformers';
import { type TextRole, VitrineError } from '../domain';
import type { TextEncoding } from './manifest';
import { openChecked, openGraph } from './open-graph';
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
 * ONNX), on the CPU and without any network. Every file is checked first: see `openChecked` for what
 * it throws.
 */
export function loadTextModel(folder: string, spec: TextModelSpec): Promise<TextModel> {
  return openChecked(folder, spec, (absolute) => open(absolute, spec));
}

async function open(folder: string, spec: TextModelSpec): Promise<TextModel> {
  const { encoding, dimensions, threads } = spec;
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
