import type { BooleanQuery } from '@lancedb/lancedb';
import type { IndexedFacts } from './document';
import type { ProductTable } from './table';

/** A product that one of the legs found. */
export interface Candidate {
  readonly id: string;
  readonly group: string;
  readonly titleWords: ReadonlySet<string>;
  readonly facts: IndexedFacts;
  /** BM25 of the keyword leg; 0 where only the vector leg found it. */
  keywordScore: number;
  /** Cosine of the vector leg; undefined where only the keyword leg found it. */
  similarity: number | undefined;
}

const COLUMNS = ['id', 'grp', 'title_words', 'facts'];

interface Row {
  id: string;
  grp: string;
  title_words: string;
  facts: string;
  _score?: number;
  _distance?: number;
}

export interface LegOptions {
  readonly where: string | undefined;
  readonly limit: number;
}

function candidateOf(row: Row): Candidate {
  return {
    id: row.id,
    group: row.grp,
    titleWords: new Set(row.title_words.split(' ')),
    facts: JSON.parse(row.facts) as IndexedFacts,
    keywordScore: row._score ?? 0,
    similarity: row._distance === undefined ? undefined : 1 - row._distance,
  };
}

/** Products by BM25. */
export async function keywordLeg(index: ProductTable, query: BooleanQuery, options: LegOptions): Promise<Candidate[]> {
  const found = index.table
    .query()
    .fullTextSearch(query)
    .select([...COLUMNS, '_score'])
    .limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map(candidateOf);
}

/** Products by the cosine of their vector; vectors are normalised, so LanceDB's dot distance is 1 − cosine. */
export async function vectorLeg(index: ProductTable, vector: Float32Array, options: LegOptions): Promise<Candidate[]> {
  const found = index.table
    .vectorSearch(vector)
    .distanceType('dot')
    .select([...COLUMNS, '_distance'])
    .limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map(candidateOf);
}

/** Products by the filter alone, in no order. */
export async function scanLeg(index: ProductTable, options: LegOptions): Promise<Candidate[]> {
  const found = index.table.query().select(COLUMNS).limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map(candidateOf);
}

/** Joins the legs; a product found by several keeps each one's score. */
export function mergeLegs(legs: readonly (readonly Candidate[])[]): Candidate[] {
  const byId = new Map<string, Candidate>();
  for (const candidate of legs.flat()) {
    const known = byId.get(candidate.id);
    if (!known) byId.set(candidate.id, candidate);
    else {
      known.keywordScore = Math.max(known.keywordScore, candidate.keywordScore);
      known.similarity ??= candidate.similarity;
    }
  }
  return [...byId.values()];
}
