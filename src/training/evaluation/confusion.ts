import type { JudgedQuery } from './judgements';

/** What the first results of some queries were, among the kinds of {@link Confusion}. */
export interface ConfusionRow {
  /** First results of each of the kinds, in their order. */
  readonly found: readonly number[];
  /** Of the kind that was asked for, which is none of the kinds; in the last row only. */
  readonly restRight: number;
  /** Of another kind than was asked for, which is none of the kinds. */
  readonly restWrong: number;
  readonly unknownKind: number;
  readonly nothing: number;
}

/** Asked kind × kind of the first result. */
export interface Confusion {
  /** Queries whose asked kind is known. */
  readonly n: number;
  /** Of them, those whose first result is of that kind. */
  readonly right: number;
  /** The kinds that are taken for another, or another for them, most often; the most confused first. */
  readonly kinds: readonly string[];
  /** What was found for each of the kinds, then for all other kinds together. */
  readonly rows: readonly ConfusionRow[];
}

/** The kind of a product by its id; undefined where none is known. */
export type KindOf = (id: string) => string | undefined;

const MOST_KINDS = 10;

/** Different items with how often each is there, the most frequent first; equally frequent ones in the order given. */
function byCount<T>(items: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The kind of most of a query's most relevant products; of equally many the one that its labels name first. */
export function askedKind(gains: ReadonlyMap<string, number>, kindOf: KindOf): string | undefined {
  const best = [...gains.values()].reduce((high, gain) => Math.max(high, gain), 0);
  const kinds = [...gains].flatMap(([id, gain]) => (gain === best ? (kindOf(id) ?? []) : []));
  return byCount(kinds)[0]?.[0];
}

/** `firsts[i]`: the product that a system put first for query i, undefined where it found nothing. */
export function confusionOf(
  queries: readonly Pick<JudgedQuery, 'judgement'>[],
  firsts: readonly (string | undefined)[],
  kindOf: KindOf,
  most = MOST_KINDS,
): Confusion {
  const pairs = queries.flatMap(({ judgement }, i) => {
    const asked = askedKind(judgement.gains, kindOf);
    const first = firsts[i];
    return asked === undefined ? [] : [{ asked, first, found: first === undefined ? undefined : kindOf(first) }];
  });
  const wrong = pairs.filter(({ asked, found }) => found !== undefined && found !== asked);
  const kinds = byCount(wrong.flatMap(({ asked, found }) => [asked, found ?? asked]))
    .slice(0, most)
    .map(([kind]) => kind);
  const shown = new Set(kinds);
  const row = (members: typeof pairs): ConfusionRow => {
    const rest = members.filter(({ found }) => found !== undefined && !shown.has(found));
    const restRight = rest.filter(({ asked, found }) => asked === found).length;
    return {
      found: kinds.map((kind) => members.filter(({ found }) => found === kind).length),
      restRight,
      restWrong: rest.length - restRight,
      unknownKind: members.filter(({ first, found }) => first !== undefined && found === undefined).length,
      nothing: members.filter(({ first }) => first === undefined).length,
    };
  };
  return {
    n: pairs.length,
    right: pairs.filter(({ asked, found }) => asked === found).length,
    kinds,
    rows: [
      ...kinds.map((kind) => row(pairs.filter(({ asked }) => asked === kind))),
      row(pairs.filter(({ asked }) => !shown.has(asked))),
    ],
  };
}
