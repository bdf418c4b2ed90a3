import type { App } from '../../../src/app';
import { productVectors } from '../../../src/cli/product-vectors';
import { tasteIn } from '../../../src/cli/query-parts';
import { fusionInputs } from '../../../src/cli/query-vectors';
import type { ModalityVectors, Product } from '../../../src/domain';
import {
  type CatalogueGroups,
  catalogueGroups,
  type JudgedQuery,
  judgeQueries,
  type LabelledQuery,
  queryKey,
} from '../../../src/training';

/** A labelled query with its vectors; {} where nothing of it has one. */
export interface EncodedQuery extends JudgedQuery {
  readonly vectors: ModalityVectors;
}

/** All that rankings by fused vectors are made from, encoded once for all systems. */
export interface EncodedSet {
  readonly products: readonly Product[];
  readonly catalogue: CatalogueGroups;
  /** In the order of the products. */
  readonly inputs: readonly ModalityVectors[];
  readonly queries: readonly EncodedQuery[];
  readonly space: string;
  readonly dimensions: number;
}

/** Encodes labelled queries and the products of an app. A query that is asked with and without a history is heard and seen once. */
export async function encodeSet(app: App, labelled: readonly LabelledQuery[]): Promise<EncodedSet> {
  const { encoder } = app;
  if (!encoder) throw new Error('MODELS names no text encoder: there is nothing to fuse');
  const products = [...app.products.batches(1_000)].flat();
  const catalogue = catalogueGroups(products);
  const sources = await fusionInputs(app, encoder);
  const known = new Map<string, ModalityVectors>();
  const queries: EncodedQuery[] = [];
  for (const judged of judgeQueries(labelled, catalogue).judged) {
    const { history: _, ...plain } = judged.query;
    const key = JSON.stringify([plain.lang, queryKey(plain)]);
    const found = known.get(key) ?? (await sources.ofQuery(plain));
    known.set(key, found);
    const history = await tasteIn(app, judged.query);
    queries.push({ ...judged, vectors: { ...found, ...(history && { history }) } });
  }
  const inputs = await sources.ofProducts(products, await productVectors(app, products));
  return { products, catalogue, inputs, queries, space: encoder.space, dimensions: encoder.dimensions };
}
