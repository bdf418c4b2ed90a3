import { type PairedDifference, pairedBootstrap } from './bootstrap';
import { ndcgAt } from './metrics';
import { reportedLanguage } from './queries';
import type { Seed } from './random';
import type { SystemDifference } from './report';
import { groupBy, type ScoredQuery } from './summary';

/** nDCG@10 of the first system minus that of each other one, paired by query: overall and by language. */
export function differencesOf(
  systems: readonly { readonly name: string; readonly scored: readonly ScoredQuery[] }[],
  seed: Seed,
): SystemDifference[] {
  const [first, ...others] = systems;
  if (!first || first.scored.length === 0) return [];
  const values = ({ scored }: { readonly scored: readonly ScoredQuery[] }) =>
    scored.map(({ pairs, judgement }) => ndcgAt(pairs.ranked, judgement, 10) ?? 0);
  const own = values(first);
  const languages = groupBy([...first.scored.keys()], (i) => {
    const scored = first.scored[i];
    return scored ? reportedLanguage(scored.query) : '';
  });
  return others.map((other) => {
    const theirs = values(other);
    const over = (members: readonly number[]): PairedDifference =>
      pairedBootstrap(
        members.map((i) => own[i] ?? 0),
        members.map((i) => theirs[i] ?? 0),
        { seed },
      );
    return {
      minus: other.name,
      overall: over([...own.keys()]),
      byLanguage: Object.fromEntries([...languages].map(([language, members]) => [language, over(members)])),
    };
  });
}
