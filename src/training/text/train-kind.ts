import { createHash } from 'node:crypto';
import { VitrineError } from '../../domain';
import type { Weights } from '../../tensor';
import { CLASSES, type ClassifierKind, TextClassifier, type TextClassifierSpec } from '../../understanding';
import { type LabelledPhrase, type TrainClassifierOptions, trainClassifier } from './train-classifier';

/** How each kind is trained: moods chosen by cross-validation on the training phrases, intents by validation phrases. */
const OPTIONS: Readonly<Record<ClassifierKind, TrainClassifierOptions>> = {
  sentiment: { l2: 3e-5, vectorScale: 0.3, iterations: 60 },
  intents: { l2: 3e-7, vectorScale: 0.7, iterations: 160, mostFeatures: 160_000 },
};

/** Whose vectors the phrases have. */
export interface VectorSpace {
  readonly space: string;
  readonly dimensions: number;
}

export interface TrainedText {
  readonly spec: TextClassifierSpec;
  readonly weights: Weights;
}

/** Trains the classifier of a kind; its id follows the phrases. Throws TRAINING_FAILED where there are none. */
export function trainKind(
  kind: ClassifierKind,
  phrases: readonly LabelledPhrase[],
  { space, dimensions }: VectorSpace,
  options: TrainClassifierOptions = {},
): TrainedText {
  if (phrases.length === 0) throw new VitrineError('TRAINING_FAILED', `there are no phrases for "${kind}"`);
  const spec = specFor(kind, phrases, { space, dimensions });
  return { spec, weights: trainClassifier(phrases, spec, { ...OPTIONS[kind], ...options }) };
}

/** What the weights for these phrases are called and for. */
export function specFor(
  kind: ClassifierKind,
  phrases: readonly LabelledPhrase[],
  { space, dimensions }: VectorSpace,
): TextClassifierSpec {
  const digest = createHash('sha256');
  for (const { language, label, text } of phrases) digest.update(`${language}\t${label}\t${text}\n`);
  return { id: `${kind}-${digest.digest('hex').slice(0, 12)}`, classes: CLASSES[kind], space, dimensions };
}

/**
 * What classifiers that were trained without a phrase make of it: `folds` of them, each class of each language spread over all.
 * One row a phrase, in order; `only` one of the folds, counted from 0, tells of its own phrases alone.
 */
export function crossValidated<T>(
  kind: ClassifierKind,
  phrases: readonly LabelledPhrase[],
  space: VectorSpace,
  folds: number,
  judge: (classifier: TextClassifier, phrase: LabelledPhrase) => T,
  only?: number,
): T[] {
  const seen = new Map<string, number>();
  const foldOf = phrases.map(({ language, label }) => {
    const place = seen.get(`${language} ${label}`) ?? 0;
    seen.set(`${language} ${label}`, place + 1);
    return place % folds;
  });
  const found: T[] = new Array(phrases.length);
  for (let fold = 0; fold < folds; fold++) {
    if (only !== undefined && fold !== only) continue;
    const others = phrases.filter((_, place) => foldOf[place] !== fold);
    const { spec, weights } = trainKind(kind, others, space);
    const classifier = new TextClassifier(spec, weights);
    for (const [place, phrase] of phrases.entries())
      if (foldOf[place] === fold) found[place] = judge(classifier, phrase);
  }
  return found.filter((_, place) => only === undefined || foldOf[place] === only);
}
