import type { Language } from './language';

export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const;
export type SentimentLabel = (typeof SENTIMENTS)[number];

/** How a message is meant; the scores are probabilities and add up to 1. */
export interface Sentiment {
  readonly label: SentimentLabel;
  readonly scores: Readonly<Record<SentimentLabel, number>>;
}

/** Says of a shopper's message whether it is angry, glad or neither. */
export interface SentimentClassifier {
  readonly id: string;
  /** Of the vectors that it goes by beside the words; undefined where the words alone decide. */
  readonly space: string | undefined;
  /** `vector` is the text encoder's, of `space`, where there is one; without it the words alone decide. */
  classify(text: string, language: Language, vector?: Float32Array): Sentiment;
}
