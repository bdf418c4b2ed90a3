import { availableParallelism } from 'node:os';
import { VitrineError } from '../domain';
import type { ImageModelSpec } from './image-model';
import { pinOf } from './lock';
import type { ModelEntry } from './manifest';
import type { VoiceModelSpec } from './speech/starter-model';
import type { TextModelSpec } from './text-model';
import type { PinnedFile } from './verify';

/** What the worker of a model is given. */
export interface WorkerData {
  readonly entry: ModelEntry;
  readonly folder: string;
  readonly lockFile: string;
}

/**
 * What loading the text side of a model takes. Throws MODEL_MISSING when nobody has told its bytes yet, that is: before it
 * was pulled.
 */
export async function textModelSpec(data: WorkerData): Promise<TextModelSpec> {
  const { id, dimensions, encoding } = data.entry;
  if (!encoding || dimensions === null) throw new VitrineError('MODEL_CORRUPT', `${id} is no text encoder.`);
  return { id, dimensions, encoding, files: await filesFor(encoding.file, data), threads: threads() };
}

/** The same for the image side. */
export async function imageModelSpec(data: WorkerData): Promise<ImageModelSpec> {
  const { id, dimensions, pictures } = data.entry;
  if (!pictures || dimensions === null) throw new VitrineError('MODEL_CORRUPT', `${id} is no image encoder.`);
  return { id, dimensions, pictures, files: await filesFor(pictures.file, data), threads: threads() };
}

/** The same for a starter voice model, which has one graph. */
export async function voiceModelSpec(data: WorkerData): Promise<VoiceModelSpec> {
  const { id, dimensions, files } = data.entry;
  const graph = files.find(({ path }) => path.endsWith('.onnx'))?.path;
  if (graph === undefined || dimensions === null) throw new VitrineError('MODEL_CORRUPT', `${id} is no voice model.`);
  return { id, dimensions, file: graph, files: await filesFor(graph, data), threads: threads() };
}

/** Of the ONNX files of a model only one side's own is needed. */
async function filesFor(graph: string, { entry, lockFile }: WorkerData): Promise<readonly PinnedFile[]> {
  const pin = await pinOf(entry, lockFile);
  if (!pin) throw new VitrineError('MODEL_MISSING', `${entry.id} was not pulled yet.`);
  return pin.files.filter(({ path }) => !path.endsWith('.onnx') || path === graph);
}

/** Half of the cores: the other half answers requests and searches. */
export function threads(): number {
  return Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
}
