import { type PairedDifference, pairedBootstrap, stratifiedBootstrap } from './bootstrap';
import { ndcgAt } from './metrics';
import { reportedLanguage } from './queries';
import type { Seed } from './random';
import type { SystemDifference } from './report';
import { groupBy, type ScoredQuery } from './summary';

/** nDCG@10 of the first system minus that of each other one, paired by query: overall, as a mean over modalities, by modality and by language. */
export function differencesOf(
  systems: readonly { readonly name: string; readonly scored: readonly ScoredQuery[] }[],
  seed: Seed,
): SystemDifference[] {
  const [first, ...others] = systems;
  if (!first || first.scored.length === 0) return [];
  const values = ({ scored }: { readonly scored: readonly ScoredQuery[] }) =>
    scored.map(({ pairs, judgement }) => ndcgAt(pairs.ranked, judgement, 10) ?? 0);
  const own = values(first);
  const membersBy = (key: (scored: ScoredQuery) => string) =>
    groupBy([...first.scored.keys()], (i) => {
      const scored = first.scored[i];
      return scored ? key(scored) : '';
    });
  const modalities = membersBy(({ query }) => query.modality);
  const languages = membersBy(({ query }) => reportedLanguage(query));
  return others.map((other) => {
    const theirs = values(other);
    const over = (members: readonly number[]): PairedDifference =>
      pairedBootstrap(
        members.map((i) => own[i] ?? 0),
        members.map((i) => theirs[i] ?? 0),
        { seed },
      );
    const each = (groups: ReadonlyMap<string, readonly number[]>) =>
      Object.fromEntries([...groups].map(([name, members]) => [name, over(members)]));
    return {
      minus: other.name,
      overall: over([...own.keys()]),
      overModalities: stratifiedBootstrap(
        [...modalities.values()].map((members) => members.map((i) => (own[i] ?? 0) - (theirs[i] ?? 0))),
        { seed },
      ),
      byModality: each(modalities),
      byLanguage: each(languages),
    };
  });
}
