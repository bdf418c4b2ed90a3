/** What results differ in, and a shopper can be asked for. */
export const FACETS = ['kind', 'audience', 'color', 'material', 'pattern', 'size', 'price', 'brand'] as const;
export type Facet = (typeof FACETS)[number];

/** A question that is asked beside results because its answer parts them best. */
export interface FacetQuestion {
  readonly facet: Facet;
  /**
   * What can be answered, the most frequent first, at most four: lexicon ids (`kids` among the audiences); sizes and brands as
   * the feed writes them; of prices `<from>-<to>` in the minor unit of the shop's currency, either of which may be empty.
   */
  readonly values: readonly string[];
}
