import { groupOf, type Product } from '../../domain';
import type { LabelledQuery } from './queries';

/** Which products there are and which of them are variants of one item. */
export interface CatalogueGroups {
  readonly products: number;
  readonly groups: number;
  has(id: string): boolean;
  /** The group of a product; an unknown product is its own. */
  groupOf(id: string): string;
}

export function catalogueGroups(products: readonly Product[]): CatalogueGroups {
  const byId = new Map(products.map((product) => [product.id, groupOf(product)]));
  return {
    products: byId.size,
    groups: new Set(byId.values()).size,
    has: (id) => byId.has(id),
    groupOf: (id) => byId.get(id) ?? id,
  };
}

/** The labels of one query, over products and over groups. */
export interface Judgement {
  /** Product id → gain. */
  readonly gains: ReadonlyMap<string, number>;
  /** The best ranking there can be: the highest gain of each relevant group, highest first; all above 0. */
  readonly ideal: readonly number[];
}

export function judgementOf(gains: ReadonlyMap<string, number>, catalogue: CatalogueGroups): Judgement {
  const byGroup = new Map<string, number>();
  for (const [id, gain] of gains) {
    const group = catalogue.groupOf(id);
    byGroup.set(group, Math.max(gain, byGroup.get(group) ?? 0));
  }
  return { gains, ideal: [...byGroup.values()].filter((gain) => gain > 0).sort((a, b) => b - a) };
}

export interface JudgedQuery {
  readonly query: LabelledQuery;
  readonly judgement: Judgement;
}

/** Labels that name no product of the catalogue. */
export interface UnknownLabels {
  /** Different products. */
  readonly products: number;
  /** The first ten of them. */
  readonly examples: readonly string[];
  readonly labels: number;
  /** Queries left out because no known product is relevant to them. */
  readonly queriesLeftOut: number;
}

/** Labels of unknown products are left out of the score (no system could find them) and counted. */
export function judgeQueries(
  queries: readonly LabelledQuery[],
  catalogue: CatalogueGroups,
): { readonly judged: JudgedQuery[]; readonly unknown: UnknownLabels } {
  const unknown = new Set<string>();
  let labels = 0;
  const judged: JudgedQuery[] = [];
  for (const query of queries) {
    const known = new Map([...query.relevant].filter(([id]) => catalogue.has(id)));
    labels += query.relevant.size - known.size;
    for (const id of query.relevant.keys()) if (!known.has(id)) unknown.add(id);
    const judgement = judgementOf(known, catalogue);
    if (judgement.ideal.length > 0) judged.push({ query, judgement });
  }
  const queriesLeftOut = queries.length - judged.length;
  return { judged, unknown: { products: unknown.size, examples: [...unknown].slice(0, 10), labels, queriesLeftOut } };
}
