import type { TextRole } from '../domain';
import { pinOf } from './lock';
import type { ModelEntry } from './manifest';
import { loadTextModel, type TextModel } from './text-model';
import { textModelSpec } from './text-model-spec';

/** What the worker of a text model is given. */
export interface TextWorkerData {
  readonly entry: ModelEntry;
  readonly folder: string;
  readonly lockFile: string;
}

let flight: Promise<TextModel> | undefined;

/** Loads the model. Callers at the same time share one flight; a failed one is forgotten, so the next call tries anew. */
export function load(data: TextWorkerData): Promise<TextModel> {
  flight ??= open(data).catch((error: unknown) => {
    flight = undefined;
    throw error;
  });
  return flight;
}

export async function encode(
  texts: readonly string[],
  { role }: { role: TextRole },
  data: TextWorkerData,
): Promise<Float32Array[]> {
  const model = await load(data);
  return model.encode(texts, role);
}

/** Frees the session. */
export async function close(): Promise<void> {
  const model = await flight?.catch(() => undefined);
  flight = undefined;
  await model?.dispose();
}

async function open({ entry, folder, lockFile }: TextWorkerData): Promise<TextModel> {
  return loadTextModel(folder, textModelSpec(entry, await pinOf(entry, lockFile)));
}
