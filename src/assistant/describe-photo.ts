import type { DecodedPicture, PhotoSeen, TextEncoder } from '../domain';
import { colorShares } from './photo-colors';

/** A thing that a photo may show: its lexicon id and ways to say it in English. */
export interface Nameable {
  readonly id: string;
  readonly words: readonly string[];
}

export interface PhotoVocabulary {
  readonly kinds: readonly Nameable[];
  readonly colors: readonly Nameable[];
  readonly patterns: readonly Nameable[];
}

/** The image encoder was trained at this temperature: cosines over it are logits. */
const TEMPERATURE = 0.05;
/** Probability from which a kind, and a pattern other than plain, is named. */
const KIND_FROM = 0.35;
const PATTERN_FROM = 0.6;
/** Share of the likeliest kind's probability from which another is likely, too, and how many are at most. */
const LIKELY_FROM = 0.4;
const MOST_LIKELY = 4;
/** How much of a colour's vote is the pixels'; the rest is the vector's. */
const PIXELS = 0.5;
/** Vote from which the first colour is named, and the second beside it. */
const COLOR_FROM = 0.35;
const SECOND_FROM = 0.3;

/** Says what a photo shows, by comparing its vector with those of words (zero-shot, as CLIP, arXiv 2103.00020). */
export class PhotoDescriber {
  private readonly known = new Map<string, Float32Array>();

  /** `encoder` is of the image encoder's space. */
  constructor(
    private readonly encoder: TextEncoder,
    private readonly vocabulary: PhotoVocabulary,
  ) {}

  /** Encodes the names of kinds, so that the first photo needn't wait for it. */
  prepare(): Promise<void> {
    return this.learn(
      this.vocabulary.kinds.flatMap(({ words }) => words),
      undefined,
    );
  }

  /** `vector` is that of all pictures together. Throws ENCODER_FAILED or MODEL_*. */
  async describe(pictures: readonly DecodedPicture[], vector: Float32Array, signal?: AbortSignal): Promise<PhotoSeen> {
    const { kinds, patterns } = this.vocabulary;
    const kindVotes = await this.votes(vector, kinds, (word) => word, signal);
    const kind = best(kindVotes);
    const noun = kinds.find(({ id }) => id === kind.id)?.words[0] ?? '';
    const pattern = best(await this.votes(vector, patterns, (word) => `${word} ${noun}`, signal));
    const named = pattern.id !== 'plain' && pattern.vote >= PATTERN_FROM;
    return {
      photos: pictures.length,
      ...(kind.vote >= KIND_FROM ? { kind: kind.id } : { likely: likeliest(kindVotes) }),
      colors: mainColors(await this.colorVotes(pictures, vector, noun, signal)),
      ...(named && { pattern: pattern.id }),
    };
  }

  /** The vote for each colour, together 1: what its pixels are and what the vector is like. */
  async colorVotes(
    pictures: readonly DecodedPicture[],
    vector: Float32Array,
    noun: string,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const said = await this.votes(vector, this.vocabulary.colors, (word) => `${word} ${noun}`, signal);
    const shares = pictures.map(colorShares);
    return new Map(
      [...said].map(([id, vote]) => {
        const share = shares.reduce((sum, each) => sum + (each.get(id) ?? 0), 0) / Math.max(1, shares.length);
        return [id, PIXELS * share + (1 - PIXELS) * vote];
      }),
    );
  }

  /** Probability of each of the things, as a softmax over the best of its words. */
  async votes(
    vector: Float32Array,
    things: readonly Nameable[],
    phrase: (word: string) => string,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const phrases = things.map(({ words }) => words.map((word) => phrase(word).trim()));
    await this.learn(phrases.flat(), signal);
    const logits = phrases.map(
      (texts) => Math.max(...texts.map((text) => dot(vector, this.known.get(text)))) / TEMPERATURE,
    );
    const highest = Math.max(...logits);
    const weights = logits.map((logit) => Math.exp(logit - highest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return new Map(things.map(({ id }, i) => [id, (weights[i] ?? 0) / total]));
  }

  /** Encodes what was never compared before. */
  private async learn(texts: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const fresh = [...new Set(texts)].filter((text) => !this.known.has(text));
    for (let at = 0; at < fresh.length; at += this.encoder.maxBatch) {
      const part = fresh.slice(at, at + this.encoder.maxBatch);
      const vectors = await this.encoder.encode(part, { role: 'document', language: 'en', ...(signal && { signal }) });
      part.forEach((text, i) => {
        const learned = vectors[i];
        if (learned) this.known.set(text, learned);
      });
    }
  }
}

/** The colours that are named: the first where it is clear, a second that is nearly as much. */
export function mainColors(votes: ReadonlyMap<string, number>): readonly string[] {
  const [first, second] = [...votes].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < COLOR_FROM) return [];
  return second && second[1] >= SECOND_FROM ? [first[0], second[0]] : [first[0]];
}

/** The kinds of the highest votes, as far as none of them is much lower than the highest. */
function likeliest(votes: ReadonlyMap<string, number>): readonly string[] {
  const sorted = [...votes].sort((a, b) => b[1] - a[1]).slice(0, MOST_LIKELY);
  const [, highest = 0] = sorted[0] ?? [];
  return sorted.filter(([, vote]) => vote >= highest * LIKELY_FROM).map(([id]) => id);
}

function best(votes: ReadonlyMap<string, number>): { id: string; vote: number } {
  let found = { id: '', vote: 0 };
  for (const [id, vote] of votes) if (vote > found.vote) found = { id, vote };
  return found;
}

function dot(a: Float32Array, b: Float32Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b?.[i] ?? 0);
  return sum;
}
