import { createHash } from 'node:crypto';
import type { Language } from '../../domain';
import type { WeightNotes, Weights } from '../../tensor';
import { LANGUAGE_BUCKETS, LANGUAGE_GROUPS, languageNotes, softmax } from '../../understanding';
import { EvaluationRandom } from '../evaluation/random';
import { type LanguageExample, languageExamples } from './examples';
import type { LanguagePhrase } from './phrases';

export interface LanguageTrainingOptions {
  readonly epochs?: number;
  readonly onEpoch?: (epoch: number, loss: number) => void;
}

export interface TrainedLanguages {
  readonly weights: Weights;
  readonly notes: WeightNotes;
}

const EPOCHS = 5;
const RATE = 0.5;
const L2 = 1e-6;

/**
 * Learns to tell the languages of each script apart: the least mean cross-entropy by stochastic steps (AdaGrad: Duchi et al. 2011),
 * each softmax among the languages of one group. Deterministic.
 */
export function trainLanguages(
  phrases: readonly LanguagePhrase[],
  { epochs = EPOCHS, onEpoch }: LanguageTrainingOptions = {},
): TrainedLanguages {
  const random = new EvaluationRandom('languages');
  const examples = languageExamples(phrases, random);
  const languages = LANGUAGE_GROUPS.flat();
  const width = languages.length;
  const data = new Float32Array(LANGUAGE_BUCKETS * width);
  const steps = new Float32Array(data.length);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(examples, random);
    const loss = examples.reduce((sum, example) => sum + learn(example, languages, data, steps), 0);
    onEpoch?.(epoch, loss / Math.max(1, examples.length));
  }
  const digest = createHash('sha256');
  for (const { language, text } of phrases) digest.update(`${language}\t${text}\n`);
  return {
    weights: { buckets: { shape: [LANGUAGE_BUCKETS, width], data, half: true } },
    notes: languageNotes(`languages-${digest.digest('hex').slice(0, 12)}`, languages),
  };
}

/** One step for an example; its loss before. `steps` sums the squares of what each weight was moved by. */
function learn(
  { features, group, language, weight }: LanguageExample,
  languages: readonly Language[],
  data: Float32Array,
  steps: Float32Array,
): number {
  const factor = 1 / Math.sqrt(features.length);
  const columns = group.map((each) => languages.indexOf(each));
  const shares = softmax(
    Float64Array.from(columns, (column) => {
      let score = 0;
      for (const feature of features) score += data[feature * languages.length + column] as number;
      return factor * score;
    }),
  );
  let loss = 0;
  for (const [place, column] of columns.entries()) {
    const share = shares[place] as number;
    const wanted = language === undefined ? 1 / group.length : Number(group[place] === language);
    loss -= wanted * Math.log(share);
    const slope = weight * (share - wanted) * factor;
    for (const feature of features) {
      const at = feature * languages.length + column;
      const gradient = slope + L2 * (data[at] as number);
      steps[at] = (steps[at] as number) + gradient * gradient;
      data[at] = (data[at] as number) - (RATE * gradient) / (Math.sqrt(steps[at] as number) + 1e-6);
    }
  }
  return weight * loss;
}

/** Fisher and Yates', in place. */
function shuffle<T>(all: T[], random: EvaluationRandom): void {
  for (let i = all.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [all[i], all[other]] = [all[other] as T, all[i] as T];
  }
}
