import type { Language, Modality } from '../../domain';

/** What a training query is made of. */
export const QUERY_TYPES = ['text', 'photo', 'voice', 'text+photo', 'composed', 'history'] as const;
export type QueryType = (typeof QUERY_TYPES)[number];

/** The type of queries that shoppers made, and of which their clicks tell what is right. */
export const CLICKS = 'clicks';

/** A query and the products that answer it. */
export interface Example {
  readonly type: QueryType | typeof CLICKS;
  /** Missing where nobody knows it. */
  readonly language?: Language;
  /** Places of its vectors in the list of vectors. */
  readonly tokens: Readonly<Partial<Record<Modality, number>>>;
  /** Number of a product → gain above 0; those of the highest gain are what training pulls near. */
  readonly relevant: ReadonlyMap<number, number>;
  /** The kind of the products, for drawing rare ones as often as common ones. */
  readonly kind: string;
  /** How much it counts beside others; 1 where it isn't given. */
  readonly weight?: number;
  /** Numbers of what was shown beside its right product: only these are known to be less right. Any, where it is missing. */
  readonly shown?: readonly number[];
}

/** The numbers of the products of the highest gain. */
export function bestOf({ relevant }: Example): number[] {
  const most = Math.max(...relevant.values());
  return [...relevant].filter(([, gain]) => gain === most).map(([number]) => number);
}

/**
 * [examples × shown], row by row: how right a product that is shown for another example is for an example, from 0 to 1 (as
 * right as its own, or nobody knows); 0 for its own, which is the one at its row's place.
 */
export function alsoRightOf(examples: readonly Example[], shown: readonly number[]): Float32Array {
  const alsoRight = new Float32Array(examples.length * shown.length);
  for (const [row, { relevant, shown: beside }] of examples.entries()) {
    const own = relevant.get(shown[row] ?? 0) ?? 1;
    for (const [column, number] of shown.entries()) {
      const isKnown = !beside || beside.includes(number);
      const share = isKnown ? Math.min(1, (relevant.get(number) ?? 0) / own) : 1;
      if (column !== row) alsoRight[row * shown.length + column] = share;
    }
  }
  return alsoRight;
}
