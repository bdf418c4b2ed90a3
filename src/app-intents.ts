import { encodeOrGoOn, type GuessIntent } from './assistant';
import type { Config } from './config';
import type { TextEncoder, TurnObserver } from './domain';
import { readClassifier, TrainedIntents } from './understanding';

/** What guessing intents is made of. */
export interface IntentParts {
  readonly config: Config;
  readonly encoder: TextEncoder | undefined;
  readonly observer: TurnObserver;
}

/** The trained classifier of intents with the vector of the words, where there is one. Throws MODEL_CORRUPT. */
export function createIntentGuess({ config, encoder, observer }: IntentParts): GuessIntent | undefined {
  const trained = config.MODELS === 'none' ? undefined : readClassifier(config, 'intents');
  if (!trained) return undefined;
  const intents = new TrainedIntents(trained);
  const fitting = encoder?.space === intents.space ? encoder : undefined;
  return async (text, language, signal) => {
    const vector = fitting && (await encodeOrGoOn(fitting, { text, language }, signal, observer));
    return intents.classify(text, language, vector);
  };
}
