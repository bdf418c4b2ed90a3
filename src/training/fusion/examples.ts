import type { Language, Modality } from '../../domain';

/** What a training query is made of. */
export const QUERY_TYPES = ['text', 'photo', 'voice', 'text+photo', 'composed', 'history'] as const;
export type QueryType = (typeof QUERY_TYPES)[number];

/** A query and the products that answer it. */
export interface Example {
  readonly type: QueryType;
  readonly language: Language;
  /** Places of its vectors in the list of vectors. */
  readonly tokens: Readonly<Partial<Record<Modality, number>>>;
  /** Number of a product → gain above 0; those of the highest gain are what training pulls near. */
  readonly relevant: ReadonlyMap<number, number>;
  /** The kind of the products, for drawing rare ones as often as common ones. */
  readonly kind: string;
}

/** The numbers of the products of the highest gain. */
export function bestOf({ relevant }: Example): number[] {
  const most = Math.max(...relevant.values());
  return [...relevant].filter(([, gain]) => gain === most).map(([number]) => number);
}
