import type { Fused, Fusion, ModalityVectors, StructuredQuery, TurnObserver } from '../domain';

/** What queries are fused with. */
export interface QueryFusion {
  readonly fusion: Fusion;
  /** One vector for each of the attributes, in the space of the words. */
  readonly attributeVectors: (
    attributes: readonly StructuredQuery['wanted'][],
  ) => Promise<(Float32Array | undefined)[]>;
}

/** A query as one vector, and what it was fused of. */
export interface FusedQuery extends Fused {
  readonly from: ModalityVectors;
}

/** The vectors that there are of a query, all of the fusion's space. */
export type QueryVectors = Omit<ModalityVectors, 'attributes'>;

/**
 * All that a query is made of as one vector: its vectors and what was understood of its words. Undefined where there is no
 * trained fusion, no vector, or where fusing fails: the observer is told, and the search goes on without.
 */
export async function fuseQuery(
  query: StructuredQuery,
  vectors: QueryVectors,
  { fusion }: { readonly fusion?: QueryFusion | undefined },
  observer?: TurnObserver,
): Promise<FusedQuery | undefined> {
  if (!fusion) return undefined;
  try {
    const [attributes] = await fusion.attributeVectors([query.wanted]);
    const all: ModalityVectors = { ...vectors, ...(attributes && { attributes }) };
    if (!Object.values(all).some((vector) => vector !== undefined)) return undefined;
    const [fused] = await fusion.fusion.fuse([all], 'query');
    return fused && { ...fused, from: all };
  } catch (error) {
    observer?.fault(error);
    return undefined;
  }
}
