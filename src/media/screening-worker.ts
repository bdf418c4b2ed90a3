import type * as Core from 'nsfwjs/core';
import type { DecodedPicture } from '../domain';
import { tensorflow } from '../tensor';
import { shrunk } from './pixels';

/** Side of the network's input, in pixels. */
const SIDE = 224;

/** Probabilities of what a photo shows, together 1. */
export type Screening = Readonly<Record<'Drawing' | 'Hentai' | 'Neutral' | 'Porn' | 'Sexy', number>>;

let network: Promise<Core.NSFWJS> | undefined;

/** The module of the screener's worker; see `IsolatedOptions.module`. Loads the MobileNet v2 that nsfwjs ships. */
export function load(): Promise<Core.NSFWJS> {
  network ??= open().catch((error: unknown) => {
    network = undefined;
    throw error;
  });
  return network;
}

/** What a picture shows, in probabilities. */
export async function run(picture: DecodedPicture): Promise<Screening> {
  const { tf } = await tensorflow();
  const { data } = shrunk(picture, SIDE, SIDE);
  const input = tf.tensor3d(data, [SIDE, SIDE, 3], 'int32');
  try {
    const found = await (await load()).classify(input, 5);
    return Object.fromEntries(found.map(({ className, probability }) => [className, probability])) as Screening;
  } finally {
    input.dispose();
  }
}

async function open(): Promise<Core.NSFWJS> {
  await tensorflow();
  const { load: loadNetwork } = require('nsfwjs/core') as typeof Core;
  const { MobileNetV2Model } = require('nsfwjs/models/mobilenet_v2') as { MobileNetV2Model: Core.ModelDefinition };
  // It tells the console which model it uses.
  const { info } = console;
  console.info = () => undefined;
  try {
    return await loadNetwork('MobileNetV2', { modelDefinitions: [MobileNetV2Model] });
  } finally {
    console.info = info;
  }
}
