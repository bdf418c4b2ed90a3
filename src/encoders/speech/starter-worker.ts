import type { Heard } from '../../domain';
import { flightOf } from '../flight';
import { voiceModelSpec, type WorkerData } from '../model-spec';
import { loadVoiceModel, type VoiceRequest } from './starter-model';

/** The module of the starter recogniser's worker; see `IsolatedOptions.module`. */
export const { load, close } = flightOf(async (data: WorkerData) =>
  loadVoiceModel(data.folder, await voiceModelSpec(data)),
);

/** What was said. */
export async function run(request: VoiceRequest, data: WorkerData): Promise<Heard> {
  return (await load(data)).hear(request);
}
