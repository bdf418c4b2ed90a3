import type { Attributes, Language } from '../../domain';
import type { QueryType } from './examples';

/** A query before its vectors are made. */
export interface Draft {
  readonly type: QueryType;
  readonly language: Language;
  /** What is typed or said; empty for a photo alone. */
  readonly text: string;
  readonly asked: Attributes;
  /** Number of the product whose photo it is. */
  readonly photoOf?: number;
  /** Numbers of the products that the shopper liked. */
  readonly liked?: readonly number[];
  readonly relevant: ReadonlyMap<number, number>;
  readonly kind: string;
}
