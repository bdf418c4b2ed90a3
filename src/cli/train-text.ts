import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import type { Config } from '../config';
import { VitrineError } from '../domain';
import { createTextEncoder } from '../encoders';
import { saveWeights } from '../tensor';
import { readPhrases, trainKind, withVectors } from '../training';
import { CLASSIFIER_KINDS, type ClassifierKind, notesOf, ownClassifierFile } from '../understanding';
import { configOf, untilStopped } from './context';

interface Flags {
  readonly out?: string;
}

/** Adds `train-text` to the command `models`. */
export function registerTrainText(models: Command): void {
  models
    .command('train-text')
    .description('train what tells moods and intents on the phrases in locales; a server takes it up at its next start')
    .addArgument(
      new Argument('[kinds...]', 'what to train; everything where nothing is named').choices(CLASSIFIER_KINDS),
    )
    .option('--out <folder>', 'write <folder>/<kind>/model.safetensors, instead of the weights of this shop')
    .action((kinds: ClassifierKind[], flags: Flags, command: Command) => {
      const chosen = kinds.length > 0 ? kinds : CLASSIFIER_KINDS;
      return untilStopped((signal) => train(configOf(command), chosen, flags, signal));
    });
}

async function train(
  config: Config,
  kinds: readonly ClassifierKind[],
  { out }: Flags,
  signal: AbortSignal,
): Promise<void> {
  const encoder = createTextEncoder(config);
  if (!encoder) throw new VitrineError('TRAINING_FAILED', 'MODELS=none has no text encoder to train with');
  try {
    for (const kind of kinds) {
      const phrases = await withVectors(readPhrases(config.LOCALES_DIR, kind), encoder, signal);
      const { spec, weights } = trainKind(kind, phrases, encoder, { signal });
      const file = out === undefined ? ownClassifierFile(config, kind) : join(out, kind, 'model.safetensors');
      await saveWeights(file, weights, notesOf(spec));
      process.stdout.write(`${spec.id}: learnt from ${phrases.length} phrases\n`);
    }
  } finally {
    await encoder.close();
  }
}
