import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATIN, type Language, languageOf, VitrineError } from '../domain';
import { type WeightNotes, type Weights, weightsFromBytes } from '../tensor';
import { LANGUAGE_BUCKETS, LANGUAGE_FEATURES, languageFeatures } from './language-features';

/** Languages that script alone doesn't tell apart. */
export const LANGUAGE_GROUPS: readonly (readonly Language[])[] = [LATIN, ['zh', 'ja']];

/**
 * Which of the languages of one script a text is in: multinomial logistic regression over its letters and words.
 * `buckets` [B, languages] are the weights; each of the n features of a text counts 1/√n.
 */
export class LanguageWeights {
  private readonly buckets: Float32Array;

  /** Throws MODEL_CORRUPT where the weights are not of the languages' shape. */
  constructor(
    readonly languages: readonly Language[],
    weights: Weights,
  ) {
    const { shape = [], data } = weights.buckets ?? {};
    if (!data || shape.join() !== `${LANGUAGE_BUCKETS},${languages.length}`)
      throw new VitrineError(
        'MODEL_CORRUPT',
        `"buckets" is not of the shape ${LANGUAGE_BUCKETS} × ${languages.length}`,
      );
    this.buckets = data;
  }

  /**
   * How likely each language of a group is, as the logarithm of its probability among them. One that was never learnt is as
   * likely as each of the others.
   */
  logShares(text: string, group: readonly Language[]): number[] {
    const columns = group.map((language) => this.languages.indexOf(language));
    const features = languageFeatures(text);
    const factor = 1 / Math.sqrt(Math.max(1, features.length));
    const scores = columns.map((column) => {
      if (column < 0) return undefined;
      let sum = 0;
      for (const feature of features) sum += this.buckets[feature * this.languages.length + column] as number;
      return factor * sum;
    });
    const known = scores.filter((score) => score !== undefined);
    const most = Math.max(...known, Number.NEGATIVE_INFINITY);
    const norm = most + Math.log(known.reduce((sum, score) => sum + Math.exp(score - most), 0));
    return scores.map((score) => (score === undefined ? -Math.log(group.length) : score - norm));
  }
}

/** What a file of weights says of itself; `id` follows what was learnt. */
export function languageNotes(id: string, languages: readonly Language[]): WeightNotes {
  return { id, languages: languages.join(' '), features: LANGUAGE_FEATURES };
}

/** The weights that come with Vitrine; undefined where there are none. Throws MODEL_CORRUPT. */
export function readLanguageWeights(modelsDir: string): LanguageWeights | undefined {
  const file = join(modelsDir, 'starter', 'language', 'model.safetensors');
  if (!existsSync(file)) return undefined;
  const { weights, notes } = weightsFromBytes(readFileSync(file));
  const languages = (notes.languages ?? '').split(' ').map((name) => languageOf(name));
  if (notes.features !== LANGUAGE_FEATURES || !languages.every((each) => each !== undefined))
    throw new VitrineError('MODEL_CORRUPT', 'the weights are not those of languages of this version');
  return new LanguageWeights(languages, weights);
}
