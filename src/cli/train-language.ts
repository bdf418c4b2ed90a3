import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config';
import { saveWeights } from '../tensor';
import { readLanguagePhrases, trainLanguages } from '../training';
import { loadLexicons } from '../understanding';
import { configOf } from './context';

interface Flags {
  readonly out?: string;
}

/** Adds `train-language` to the command `models`. */
export function registerTrainLanguage(models: Command): void {
  models
    .command('train-language')
    .description(
      'train what tells languages apart on the words and phrases in locales; a server takes it up at its next start',
    )
    .option('--out <folder>', 'write <folder>/language/model.safetensors, instead of the weights that serve')
    .action((flags: Flags, command: Command) => train(configOf(command), flags));
}

async function train({ LOCALES_DIR, MODELS_DIR }: Config, { out }: Flags): Promise<void> {
  const phrases = readLanguagePhrases(LOCALES_DIR, loadLexicons(LOCALES_DIR, MODELS_DIR));
  const { weights, notes } = trainLanguages(phrases);
  const folder = out ?? join(MODELS_DIR, 'starter');
  await saveWeights(join(folder, 'language', 'model.safetensors'), weights, notes);
  process.stdout.write(`${notes.id}: learnt from ${phrases.length} phrases and words\n`);
}
