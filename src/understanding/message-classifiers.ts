import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  INTENTS,
  type Intent,
  type IntentClassifier,
  type IntentGuess,
  type Language,
  SENTIMENTS,
  type Sentiment,
  type SentimentClassifier,
  type SentimentLabel,
  VitrineError,
} from '../domain';
import { weightsFromBytes } from '../tensor';
import { specOf, TextClassifier } from './text-classifier';

/** What text classifiers are trained for; each reads `locales/<language>/<kind>.json`. */
export const CLASSIFIER_KINDS = ['sentiment', 'intents'] as const;
export type ClassifierKind = (typeof CLASSIFIER_KINDS)[number];

/** The class of messages that are about nothing the assistant is for. */
export const NO_INTENT = 'none';

/** The classes of each kind, in the order of their weights. */
export const CLASSES: Readonly<Record<ClassifierKind, readonly string[]>> = {
  sentiment: SENTIMENTS,
  intents: [...INTENTS, NO_INTENT],
};

/** An intent that is less probable is not told. Chosen by validation phrases. */
const LEAST_CONFIDENCE = 0.35;

/** Where a shop's own weights are, and those that come with Vitrine. */
export interface ClassifierFolders {
  readonly DATA_DIR: string;
  readonly MODELS_DIR: string;
}

/** The file of a shop's own weights. */
export function ownClassifierFile({ DATA_DIR }: Pick<ClassifierFolders, 'DATA_DIR'>, kind: ClassifierKind): string {
  return join(DATA_DIR, 'classifiers', kind, 'model.safetensors');
}

/**
 * The trained classifier of a kind: the shop's own, else the one that comes with Vitrine; undefined where neither is there.
 * Throws MODEL_CORRUPT.
 */
export function readClassifier(folders: ClassifierFolders, kind: ClassifierKind): TextClassifier | undefined {
  const starter = join(folders.MODELS_DIR, 'starter', kind, 'model.safetensors');
  const file = [ownClassifierFile(folders, kind), starter].find((each) => existsSync(each));
  if (file === undefined) return undefined;
  const { weights, notes } = weightsFromBytes(readFileSync(file));
  const classifier = new TextClassifier(specOf(notes), weights);
  if (classifier.spec.classes.join() !== CLASSES[kind].join())
    throw new VitrineError('MODEL_CORRUPT', `the weights are not those of "${kind}" of this version`);
  return classifier;
}

/** Sentiment by a trained text classifier. */
export class TrainedSentiment implements SentimentClassifier {
  readonly id: string;
  readonly space: string;

  constructor(private readonly classifier: TextClassifier) {
    this.id = classifier.spec.id;
    this.space = classifier.spec.space;
  }

  classify(text: string, _language: Language, vector?: Float32Array): Sentiment {
    const probabilities = this.classifier.probabilities(text, vector);
    const score = (label: SentimentLabel): number => probabilities[SENTIMENTS.indexOf(label)] as number;
    const scores = { negative: score('negative'), neutral: score('neutral'), positive: score('positive') };
    const label = SENTIMENTS.reduce((best, each) => (scores[each] > scores[best] ? each : best));
    return { label, scores };
  }
}

/** Intents by a trained text classifier. */
export class TrainedIntents implements IntentClassifier {
  readonly id: string;
  readonly space: string;

  constructor(private readonly classifier: TextClassifier) {
    this.id = classifier.spec.id;
    this.space = classifier.spec.space;
  }

  classify(text: string, _language: Language, vector?: Float32Array): IntentGuess {
    const probabilities = this.classifier.probabilities(text, vector);
    const inScope = 1 - (probabilities[INTENTS.length] as number);
    let best = 0;
    for (let k = 1; k < INTENTS.length; k++)
      if ((probabilities[k] as number) > (probabilities[best] as number)) best = k;
    const confidence = probabilities[best] as number;
    const isClear = confidence >= LEAST_CONFIDENCE && confidence > 1 - inScope;
    const each = Object.fromEntries(INTENTS.map((intent, k) => [intent, probabilities[k]])) as Record<Intent, number>;
    return { intent: isClear ? (INTENTS[best] as Intent) : undefined, confidence, inScope, probabilities: each };
  }
}
