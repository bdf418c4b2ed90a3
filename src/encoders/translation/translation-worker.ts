import { flightOf } from '../flight';
import type { WorkerData } from '../model-spec';
import { pulledSpec } from '../pulled-model';
import { loadTranslator } from './translation-model';
import type { TranslationRequest } from './translator';

/** The module of a translator's worker; see `IsolatedOptions.module`. */
export const { load, close } = flightOf(async (data: WorkerData) =>
  loadTranslator(data.folder, await pulledSpec(data)),
);

/** A text in another language. */
export async function run({ text, from, to }: TranslationRequest, data: WorkerData): Promise<string> {
  return (await load(data)).translate(text, { from, to });
}
