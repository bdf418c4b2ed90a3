import type { EvaluationRandom } from '../evaluation';
import { CLICKS, type Example } from './examples';

/** Share of what is drawn that clicks may have, at most: else as many as there are of them. */
const MOST_CLICKS = 0.3;

/**
 * Draws examples so that each type of query comes up as often as the others, and within it each kind of product. Clicks are
 * drawn as they come: which kinds and types shoppers look for is theirs to say.
 */
export class BalancedSampler {
  private readonly types: (readonly (readonly number[])[])[];
  private readonly clicks: number[] = [];
  private readonly share: number;

  constructor(
    examples: readonly Example[],
    private readonly random: EvaluationRandom,
  ) {
    const found = new Map<string, Map<string, number[]>>();
    for (const [number, { type, kind }] of examples.entries()) {
      if (type === CLICKS) {
        this.clicks.push(number);
        continue;
      }
      const kinds = found.get(type) ?? new Map<string, number[]>();
      kinds.set(kind, [...(kinds.get(kind) ?? []), number]);
      found.set(type, kinds);
    }
    this.types = [...found.values()].map((kinds) => [...kinds.values()]);
    const most = this.types.length > 0 ? MOST_CLICKS : 1;
    this.share = Math.min(most, this.clicks.length / Math.max(1, examples.length));
  }

  /** The number of an example. */
  next(): number {
    const { random, clicks } = this;
    if (clicks.length > 0 && random.next() < this.share) return clicks[random.below(clicks.length)] ?? 0;
    const kinds = this.types[random.below(this.types.length)] ?? [];
    const members = kinds[random.below(kinds.length)] ?? [];
    return members[random.below(members.length)] ?? 0;
  }
}
