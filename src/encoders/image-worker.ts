import { flightOf } from './flight';
import { loadImageModel } from './image-model';
import type { PictureRequest } from './isolated';
import { imageModelSpec, type WorkerData } from './model-spec';

/** The module of an image encoder's worker; see `IsolatedOptions.module`. */
export const { load, close } = flightOf(async (data: WorkerData) =>
  loadImageModel(data.folder, await imageModelSpec(data)),
);

/** Vectors of pictures. */
export async function run({ pictures }: PictureRequest, data: WorkerData): Promise<Float32Array[]> {
  return (await load(data)).encode(pictures);
}
