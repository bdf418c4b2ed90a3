import { basename, dirname, resolve } from 'node:path';
import { env, PreTrainedModel, type Tensor } from '@huggingface/transformers';
import { VitrineError } from '../domain';
import type { Output } from './pooling';
import { checkFiles, type PinnedFile } from './verify';

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

/** An ONNX graph that runs. */
export interface Graph {
  /** Outputs by their names. */
  run(inputs: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, Output | undefined>>>;
  dispose(): Promise<void>;
}

/**
 * Opens a model of a folder without any network, after its files were checked. Throws MODEL_MISSING or MODEL_CORRUPT, whose
 * message names the model and the first file that is not as pinned; MODEL_CORRUPT, too, when the right bytes can't be
 * loaded.
 */
export async function openChecked<T>(
  folder: string,
  spec: { readonly id: string; readonly files: readonly PinnedFile[] },
  open: (absoluteFolder: string) => Promise<T>,
): Promise<T> {
  await checkModelFiles(folder, spec);
  stayLocal();
  try {
    // An absolute path is no model id of the hub, so the library takes it as a folder.
    return await open(resolve(folder));
  } catch (cause) {
    const message = `${spec.id} can't be loaded, although its files are those of the manifest.`;
    throw new VitrineError('MODEL_CORRUPT', message, { cause });
  }
}

async function checkModelFiles(
  folder: string,
  { id, files }: { readonly id: string; readonly files: readonly PinnedFile[] },
): Promise<void> {
  const [wrong] = await checkFiles(folder, files);
  if (!wrong) return;
  const missing = wrong.reason === 'missing';
  const what = missing ? 'is missing' : `has a ${wrong.reason}`;
  throw new VitrineError(missing ? 'MODEL_MISSING' : 'MODEL_CORRUPT', `${id}: ${wrong.path} ${what}.`);
}

/** Opens a graph of an absolute folder on the CPU. */
export async function openGraph(folder: string, file: string, threads: number): Promise<Graph> {
  // The base class feeds whatever inputs the graph has, so that no class for each architecture is needed.
  const model = await PreTrainedModel.from_pretrained(folder, {
    local_files_only: true,
    subfolder: dirname(file),
    ...fileAndFormat(file),
    device: 'cpu',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  return {
    async run(inputs) {
      const outputs: Record<string, Tensor | undefined> = await model(inputs);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, tensor]) => [
          name,
          tensor && { data: tensor.data as ArrayLike<number>, dims: tensor.dims },
        ]),
      );
    },
    async dispose() {
      await model.dispose();
    },
  };
}

/** Nothing is fetched, nothing is written, and nothing is logged: the library logs a failed run with its inputs. */
function stayLocal(): void {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.useBrowserCache = false;
  env.logLevel = 50;
}

/** `onnx/text_model_quantized.onnx` is the library's file name `text_model` in format `q8`. */
export function fileAndFormat(file: string) {
  const name = basename(file, '.onnx');
  const suffix = (Object.keys(FORMATS) as (keyof typeof FORMATS)[])
    .filter((each) => name.endsWith(each))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  return { model_file_name: name.slice(0, name.length - suffix.length), dtype: FORMATS[suffix] };
}
