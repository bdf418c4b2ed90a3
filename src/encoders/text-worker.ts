import { flightOf } from './flight';
import type { TextRequest } from './isolated';
import { textModelSpec, type WorkerData } from './model-spec';
import { loadTextModel } from './text-model';

/** The module of a text encoder's worker; see `IsolatedOptions.module`. */
export const { load, close } = flightOf(async (data: WorkerData) =>
  loadTextModel(data.folder, await textModelSpec(data)),
);

/** Vectors of texts. */
export async function run({ texts, role }: TextRequest, data: WorkerData): Promise<Float32Array[]> {
  return (await load(data)).encode(texts, role);
}
