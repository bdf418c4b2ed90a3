import type { Heard } from '../../domain';
import { flightOf } from '../flight';
import type { WorkerData } from '../model-spec';
import { pulledSpec } from '../pulled-model';
import type { SpeechRequest } from './isolated';
import { loadWhisper } from './whisper-model';

/** The module of Whisper's worker; see `IsolatedOptions.module`. */
export const { load, close } = flightOf(async (data: WorkerData) => loadWhisper(data.folder, await pulledSpec(data)));

/** What is said in some speech. */
export async function run({ speech, language }: SpeechRequest, data: WorkerData): Promise<Heard> {
  return (await load(data)).hear(speech.samples, language);
}
