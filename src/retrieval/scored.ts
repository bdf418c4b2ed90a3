import type { Candidate } from './candidates';
import type { ConstraintMatches } from './match';

/** A candidate beside the query. */
export interface Scored {
  readonly candidate: Candidate;
  readonly matches: ConstraintMatches;
  /** 0–1 before the sold-out penalty; comparable between queries. */
  readonly score: number;
  /** Every constraint is met. */
  readonly exact: boolean;
  /** How like what the shopper liked it is, 0–1, where it is worth telling. */
  readonly liking?: number;
  /** Its brand, where the shopper seems to like that and it counted. */
  readonly favourite?: string;
}
