import type { EvaluationRandom } from '../evaluation';
import type { Example } from './examples';

/** Draws examples so that each type of query comes up as often as the others, and within it each kind of product. */
export class BalancedSampler {
  private readonly types: (readonly (readonly number[])[])[];

  constructor(
    examples: readonly Example[],
    private readonly random: EvaluationRandom,
  ) {
    const found = new Map<string, Map<string, number[]>>();
    for (const [number, { type, kind }] of examples.entries()) {
      const kinds = found.get(type) ?? new Map<string, number[]>();
      kinds.set(kind, [...(kinds.get(kind) ?? []), number]);
      found.set(type, kinds);
    }
    this.types = [...found.values()].map((kinds) => [...kinds.values()]);
  }

  /** The number of an example. */
  next(): number {
    const { random } = this;
    const kinds = this.types[random.below(this.types.length)] ?? [];
    const members = kinds[random.below(kinds.length)] ?? [];
    return members[random.below(members.length)] ?? 0;
  }
}
