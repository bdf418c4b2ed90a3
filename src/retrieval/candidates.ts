import type { BooleanQuery } from '@lancedb/lancedb';
import type { IndexedFacts } from './document';
import { quote } from './quote';
import type { ProductTable } from './table';

/** A product that one of the legs found. */
export interface Candidate {
  readonly id: string;
  readonly group: string;
  readonly titleWords: ReadonlySet<string>;
  readonly facts: IndexedFacts;
  /** BM25 of the keyword leg; 0 where only the vector leg found it. */
  keywordScore: number;
  /** Cosine of query and product; undefined where the query or the product has no vector. */
  similarity: number | undefined;
  /** Cosine of the photo and the product's words, where they share a space. */
  photoText: number | undefined;
  /** Cosine of the photo and the product's best picture; undefined where it has none. */
  photoPicture: number | undefined;
  /** Cosine of the fused query and the product's fused vector; undefined where either is missing. */
  fused: number | undefined;
  /** Cosine of the shopper's taste and the product's words; undefined where either is missing. */
  affinity: number | undefined;
}

const COLUMNS = ['id', 'grp', 'title_words', 'facts'];

interface Row {
  id: string;
  grp: string;
  title_words: string;
  facts: string;
  vector?: Iterable<number> | null;
  _score?: number;
  _distance?: number;
}

export interface LegOptions {
  readonly where: string | undefined;
  readonly limit: number;
  /** The query's vector: candidates of every leg are then compared with it. */
  readonly vector?: Float32Array | undefined;
  /** The photo's vector, where it can be compared with those of texts: likewise. */
  readonly photo?: Float32Array | undefined;
  /** The shopper's taste: likewise. */
  readonly history?: Float32Array | undefined;
}

const columnsOf = ({ vector, photo, history }: LegOptions, score?: string) => [
  ...COLUMNS,
  ...(vector || photo || history ? ['vector'] : []),
  ...(score === undefined ? [] : [score]),
];

function candidateOf(row: Row, { vector, photo, history }: LegOptions): Candidate {
  return {
    id: row.id,
    group: row.grp,
    titleWords: new Set(row.title_words.split(' ')),
    facts: JSON.parse(row.facts) as IndexedFacts,
    keywordScore: row._score ?? 0,
    similarity: row._distance === undefined ? cosine(row.vector, vector) : 1 - row._distance,
    photoText: cosine(row.vector, photo),
    photoPicture: undefined,
    fused: undefined,
    affinity: cosine(row.vector, history),
  };
}

/** The cosine of two normalised vectors; undefined where either is missing. */
function cosine(vector: Iterable<number> | null | undefined, query: Float32Array | undefined): number | undefined {
  if (!vector || !query) return undefined;
  let sum = 0;
  let at = 0;
  for (const value of vector) sum += value * (query[at++] ?? 0);
  return sum;
}

/** Products by BM25. */
export async function keywordLeg(index: ProductTable, query: BooleanQuery, options: LegOptions): Promise<Candidate[]> {
  const found = index.table.query().fullTextSearch(query).select(columnsOf(options, '_score')).limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map((row) => candidateOf(row, options));
}

/** Products by the cosine of their vector; vectors are normalised, so LanceDB's dot distance is 1 − cosine. */
export async function vectorLeg(index: ProductTable, vector: Float32Array, options: LegOptions): Promise<Candidate[]> {
  const found = index.table
    .vectorSearch(vector)
    .distanceType('dot')
    .select(columnsOf({ ...options, vector: undefined }, '_distance'))
    .limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map((row) => candidateOf(row, options));
}

/** Products by the filter alone, in no order. */
export async function scanLeg(index: ProductTable, options: LegOptions): Promise<Candidate[]> {
  const found = index.table.query().select(columnsOf(options)).limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map((row) => candidateOf(row, options));
}

/** Products whose words are most like a photo. */
export async function photoTextLeg(
  index: ProductTable,
  photo: Float32Array,
  options: LegOptions,
): Promise<Candidate[]> {
  const found = index.table.vectorSearch(photo).distanceType('dot').select(columnsOf(options)).limit(options.limit);
  const rows = (await (options.where ? found.where(options.where) : found).toArray()) as Row[];
  return rows.map((row) => candidateOf(row, options));
}

/** Products by their ids, as far as the filter lets them through. */
export async function idLeg(index: ProductTable, ids: readonly string[], options: LegOptions): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const named = `id IN (${ids.map(quote).join(', ')})`;
  const where = options.where ? `${named} AND ${options.where}` : named;
  const rows = (await index.table
    .query()
    .select(columnsOf(options))
    .where(where)
    .limit(options.limit)
    .toArray()) as Row[];
  return rows.map((row) => candidateOf(row, options));
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
      known.photoText ??= candidate.photoText;
      known.affinity ??= candidate.affinity;
    }
  }
  return [...byId.values()];
}
