import type { EvaluationRandom } from '../../../src/training';
import type { Drawn } from './draw';
import { type Entry, kindOf, pick, sample } from './entries';

/** Products that a simulated shopper liked, at most, and at least. */
const LIKED = 5;
const LEAST = 3;

interface Trait {
  readonly of: 'colors' | 'brands';
  readonly value: string;
}

const has = ({ attributes }: Entry, { of, value }: Trait) => attributes[of].includes(value);

/**
 * A query as a simulated shopper asks it who liked things of other kinds in one colour, or of one maker, that a best answer has
 * too: one that tells the answers apart, where there is one. Answers that have it gain 1 more. Undefined where the catalogue
 * has too little to like.
 */
export function withHistory(query: Drawn, entries: readonly Entry[], random: EvaluationRandom): Drawn | undefined {
  const answers = entries.filter(({ id }) => query.relevant.has(id));
  const most = Math.max(...query.relevant.values());
  const best = answers.filter(({ id }) => query.relevant.get(id) === most);
  const traits = (['colors', 'brands'] as const).flatMap((of) =>
    [...new Set(best.flatMap(({ attributes }) => attributes[of]))].map((value): Trait => ({ of, value })),
  );
  const telling = traits.filter((trait) => answers.some((answer) => !has(answer, trait)));
  const known = new Set(answers.map(kindOf));
  const others = (trait: Trait) => entries.filter((entry) => has(entry, trait) && !known.has(kindOf(entry)));
  const likeable = (telling.length > 0 ? telling : traits).filter(
    (trait) => new Set(others(trait).map(({ group }) => group)).size >= LEAST,
  );
  if (likeable.length === 0) return undefined;
  const trait = pick(likeable, random);
  const byGroup = new Map(sample(others(trait), 60, random).map(({ group, id }) => [group, id]));
  const liked = sample([...byGroup.values()], LIKED, random);
  if (liked.length < LEAST) return undefined;
  const gains = answers.map((answer): [string, number] => [
    answer.id,
    (query.relevant.get(answer.id) ?? 0) + Number(has(answer, trait)),
  ]);
  return { ...query, modality: `${query.modality}+history`, history: liked, relevant: new Map(gains) };
}
