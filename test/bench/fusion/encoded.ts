import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
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
import { patiently } from './patience';

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

type Vectors = { readonly queries: readonly ModalityVectors[]; readonly inputs: readonly ModalityVectors[] };

/**
 * Encodes labelled queries and the products of an app. With a file, the vectors are taken from it where it is there, and kept
 * in it where it is not: whoever changes queries, catalogue or encoders removes it.
 */
export async function encodeSet(app: App, labelled: readonly LabelledQuery[], file?: string): Promise<EncodedSet> {
  const { encoder } = app;
  if (!encoder) throw new Error('MODELS names no text encoder: there is nothing to fuse');
  const products = [...app.products.batches(1_000)].flat();
  const catalogue = catalogueGroups(products);
  const { judged } = judgeQueries(labelled, catalogue);
  const kept = file !== undefined && existsSync(file);
  const vectors: Vectors = kept
    ? (deserialize(readFileSync(file)) as Vectors)
    : await vectorsOf(app, encoder, products, judged);
  if (file !== undefined && !kept) writeFileSync(file, serialize(vectors));
  if (vectors.queries.length !== judged.length || vectors.inputs.length !== products.length)
    throw new Error(`${file} is of other queries or products`);
  return {
    products,
    catalogue,
    inputs: vectors.inputs,
    queries: judged.map((query, i) => ({ ...query, vectors: vectors.queries[i] ?? {} })),
    space: encoder.space,
    dimensions: encoder.dimensions,
  };
}

/** A query that is asked with and without a history is heard and seen once. */
async function vectorsOf(
  app: App,
  encoder: NonNullable<App['encoder']>,
  products: readonly Product[],
  judged: readonly JudgedQuery[],
): Promise<Vectors> {
  const sources = await fusionInputs(app, encoder);
  const known = new Map<string, ModalityVectors>();
  const queries: ModalityVectors[] = [];
  for (const { query } of judged) {
    const { history: _, ...plain } = query;
    const key = JSON.stringify([plain.lang, queryKey(plain)]);
    const found = known.get(key) ?? (await patiently(() => sources.ofQuery(plain)));
    known.set(key, found);
    const history = await tasteIn(app, query);
    queries.push({ ...found, ...(history && { history }) });
  }
  const inputs = await patiently(async () => sources.ofProducts(products, await productVectors(app, products)));
  return { queries, inputs };
}
