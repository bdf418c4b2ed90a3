import type { Attributes } from './query';

/** What recommending needs to know of an indexed product. */
export interface ShelfItem {
  readonly id: string;
  readonly group: string;
  readonly attributes: Attributes;
  readonly available: boolean;
  /** Mean rating, 0–5; 0 where nobody rated it. */
  readonly rating: number;
  readonly reviews: number;
}

/** The catalogue's products, looked at without a query. */
export interface Shelf {
  /** Vectors of products' texts in the text encoder's space; products without one are left out. */
  vectors(ids: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** Products in stock whose texts are most like a vector, the most alike first; none for a vector of another width. */
  near(vector: Float32Array, limit: number): Promise<readonly ShelfItem[]>;
  /** Products in stock, the best rated first; ratings of few reviews count less. */
  rated(limit: number): Promise<readonly ShelfItem[]>;
  /** Products in stock of any of the kinds that have any of the colours or materials, where any are named; in no order. */
  matching(
    wanted: Readonly<Record<'kinds' | 'colors' | 'materials', readonly string[]>>,
    limit: number,
  ): Promise<readonly ShelfItem[]>;
}

/** Which kinds of things go well together. */
export interface Complements {
  /** Kinds that go well with a kind, in ranks: those named for it, others of its department, kinds of departments near it. */
  of(kind: string): readonly (readonly string[])[];
}
