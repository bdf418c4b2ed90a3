import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../../src/config';
import { type Heard, languageOf, VitrineError } from '../../../src/domain';
import { modelCatalogue } from '../../../src/encoders/catalogue';
import { voiceModelSpec } from '../../../src/encoders/model-spec';
import { DECODE_WEIGHTS, type DecodeWeights } from '../../../src/encoders/speech/ctc';
import { loadVoiceModel, type VoiceOutputs } from '../../../src/encoders/speech/starter-model';
import { createVoiceReader } from '../../../src/media';
import { type LabelledQuery, readLabelledQueries } from '../../../src/training';
import { errorRate } from './word-errors';

/** Made by the recipe: recordings of the validation queries. */
const VALIDATION = join(packageRoot(), '.cache', 'recipes', 'voice', 'validation', 'queries.jsonl');

/** Chooses how words weigh against sound, one weight after the other, by the word error rate on validation recordings. */
export async function chooseDecodeWeights(log: (line: string) => void): Promise<void> {
  const catalogue = modelCatalogue(loadConfig());
  const model = catalogue.speechModel('starter');
  if (!model) throw new Error('there is no starter voice model');
  const data = { ...model, lockFile: catalogue.lockFile };
  const voice = await loadVoiceModel(model.folder, await voiceModelSpec(data));
  const reader = createVoiceReader();
  const outputs = new Map<LabelledQuery, VoiceOutputs>();
  for (const query of readLabelledQueries(process.argv[4] ?? VALIDATION)) {
    try {
      outputs.set(query, await voice.run(await reader.read(readFileSync(query.voice ?? ''), {})));
    } catch (error) {
      if (!(error instanceof VitrineError && error.code === 'VOICE_SILENT')) throw error;
    }
  }
  const wrong = (weights: DecodeWeights) =>
    errorRate(
      [...outputs].map(([query, each]): [LabelledQuery, Heard] => {
        const language = languageOf(query.lang);
        return [query, voice.understand(each, language ? { language } : {}, weights)];
      }),
    );
  let [best, least] = [DECODE_WEIGHTS, wrong(DECODE_WEIGHTS)];
  log(`${JSON.stringify(best)} ${least.toFixed(4)}`);
  const grid = {
    language: [0.3, 0.7, 1, 1.4],
    word: [0, 2, 3],
    unknown: [-2, -10, -14],
    unknownLetter: [-0.2, -1.2, -2],
  };
  for (const [name, values] of Object.entries(grid)) {
    const start = best;
    for (const value of values) {
      const weights = { ...start, [name]: value };
      const share = wrong(weights);
      log(`${JSON.stringify(weights)} ${share.toFixed(4)}`);
      if (share < least) [best, least] = [weights, share];
    }
  }
  log(`best: ${JSON.stringify(best)} ${least.toFixed(4)}`);
  await Promise.all([voice.dispose(), reader.close()]);
}
