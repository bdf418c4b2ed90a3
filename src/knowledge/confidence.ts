/** What speaks for a passage. `question` and `text` are 0 where there are no vectors, the letters' where languages differ. */
export interface Evidence {
  /** See `VectorScore`. */
  readonly question: number;
  readonly text: number;
  /** See `GramScore`. */
  readonly alike: number;
  readonly holds: number;
  /** 1 where the file bears the name of the topic that was recognised, else 0. */
  readonly topic: number;
}

/** How much each kind of evidence counts, and how much `nothing answers it` counts against all passages. */
export type Weights = Evidence & { readonly none: number };

/** What there is to go by: everything, letters alone (no encoder), or vectors alone (a question in another language). */
export type Basis = 'whole' | 'letters' | 'foreign';

/** Fitted by `npm run bench -- knowledge fit` on the validation questions of `test/fixtures/knowledge`. */
export const WEIGHTS: Readonly<Record<Basis, Weights>> = {
  whole: { question: 1.51, text: 0.16, alike: 5.97, holds: 6.42, topic: 5.63, none: 6.16 },
  letters: { question: 0, text: 0, alike: 8.49, holds: 7.55, topic: 5.55, none: 5.76 },
  foreign: { question: 2.04, text: 0.59, alike: 0, holds: 0, topic: 6.14, none: 4.93 },
};

/** From which confidence a passage is shown. */
export const LEAST_CONFIDENCE: Readonly<Record<Basis, number>> = { whole: 0.5, letters: 0.3, foreign: 0.55 };

/**
 * The probability that each passage answers the question, in their order; what they lack to 1 is that none does: a
 * conditional logit with an outside option (McFadden 1974).
 */
export function confidences(passages: readonly Evidence[], weights: Weights): number[] {
  const scores = passages.map(
    (each) =>
      weights.question * each.question +
      weights.text * each.text +
      weights.alike * each.alike +
      weights.holds * each.holds +
      weights.topic * each.topic,
  );
  const highest = scores.reduce((one, other) => Math.max(one, other), weights.none);
  const parts = scores.map((score) => Math.exp(score - highest));
  const total = parts.reduce((sum, part) => sum + part, Math.exp(weights.none - highest));
  return parts.map((part) => part / total);
}
