import { encodeOrGoOn, type GuessIntent, type Pointing, Recogniser, type RecogniserOptions } from './assistant';
import type { Config } from './config';
import type { QueryParser, Retriever, TextEncoder, TurnObserver } from './domain';
import {
  type LexiconAnalyzer,
  LexiconPhrases,
  type Lexicons,
  MannerPatterns,
  readClassifier,
  TrainedIntents,
} from './understanding';

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

/** What recognising messages is made of. */
export interface RecogniserParts extends IntentParts, Pick<RecogniserOptions, 'commands' | 'service' | 'vocabulary'> {
  readonly lexicons: Lexicons;
  readonly analyzer: LexiconAnalyzer;
  readonly parser: QueryParser;
  readonly retriever: Pick<Retriever, 'facts'>;
  readonly pointing: Pick<Pointing, 'fitting'>;
}

/** Wires what recognises what a message wants. Throws MODEL_CORRUPT. */
export function createRecogniser(parts: RecogniserParts): Recogniser {
  const { config, lexicons, analyzer, commands, service, vocabulary, parser, retriever, pointing } = parts;
  return new Recogniser({
    ...{ phrases: new LexiconPhrases(lexicons), commands, service, vocabulary },
    manners: new MannerPatterns(config.LOCALES_DIR, lexicons),
    detect: (text, hint) => analyzer.detectLanguage(text, hint),
    guess: createIntentGuess(parts),
    fitting: (...asked) => pointing.fitting(...asked),
    parse: async (text, language) => parser.parse(text, { ...(await retriever.facts()), language }),
  });
}
