import { basename, dirname, resolve } from 'node:path';
import { AutoTokenizer, env, PreTrainedModel, Tensor } from '@huggingface/transformers';
import { type TextRole, VitrineError } from '../domain';
import type { TextEncoding } from './manifest';
import { poolVectors } from './pooling';
import { TextTokens } from './tokens';
import { checkFiles, type PinnedFile } from './verify';

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

/** Suffixes of ONNX files, and what the library calls the format they name. */
const FORMATS = {
  '': 'fp32',
  _fp16: 'fp16',
  _int8: 'int8',
  _uint8: 'uint8',
  _quantized: 'q8',
  _q4: 'q4',
  _q4f16: 'q4f16',
} as const;

/**
 * Loads a text encoder from a folder in Hugging Face layout (`config.json`, `tokenizer.json`, `tokenizer_config.json`,
 * ONNX), on the CPU and without any network. Every file is checked first: throws MODEL_MISSING or MODEL_CORRUPT, whose
 * message names the model and the file; MODEL_CORRUPT, too, when the right bytes can't be loaded.
 */
export async function loadTextModel(folder: string, spec: TextModelSpec): Promise<TextModel> {
  const [wrong] = await checkFiles(folder, spec.files);
  if (wrong) {
    const code = wrong.reason === 'missing' ? 'MODEL_MISSING' : 'MODEL_CORRUPT';
    throw new VitrineError(
      code,
      `${spec.id}: ${wrong.path} ${wrong.reason === 'missing' ? 'is missing' : `has a ${wrong.reason}`}.`,
    );
  }
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
  // The base class feeds whatever inputs the graph has, so that no class for each architecture is needed.
  const model = await PreTrainedModel.from_pretrained(folder, {
    local_files_only: true,
    subfolder: dirname(encoding.file),
    ...fileAndFormat(encoding.file),
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  return {
    async encode(texts, role) {
      if (texts.length === 0) return [];
      const batch = tokens.batch(texts, role);
      const shape = [batch.rows, batch.width];
      const outputs: Record<string, Tensor | undefined> = await model({
        input_ids: new Tensor('int64', batch.ids, shape),
        attention_mask: new Tensor('int64', batch.mask, shape),
      });
      const output = outputs[encoding.output];
      if (!output) throw new VitrineError('MODEL_CORRUPT', `${spec.id} has no output "${encoding.output}".`);
      return poolVectors(
        { data: output.data as ArrayLike<number>, dims: output.dims },
        encoding.pooling,
        batch,
        dimensions,
      );
    },
    async dispose() {
      await model.dispose();
    },
  };
}

/** `onnx/text_model_quantized.onnx` is the library's file name `text_model` in format `q8`. */
function fileAndFormat(file: string) {
  const name = basename(file, '.onnx');
  const suffix = (Object.keys(FORMATS) as (keyof typeof FORMATS)[])
    .filter((each) => name.endsWith(each))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  return { model_file_name: name.slice(0, name.length - suffix.length), dtype: FORMATS[suffix] };
}

/** Nothing is fetched, nothing is written, and nothing is logged: the library logs a failed run with its inputs. */
function stayLocal(): void {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.logLevel = 50;
}
