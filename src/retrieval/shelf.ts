import type { ShelfItem } from '../domain';
import type { IndexedFacts } from './document';
import { quote, quoteList } from './quote';
import type { ProductTable } from './table';

/** Rows that are looked at for the best rated of them. */
const MOST_SCANNED = 20_000;
/** Reviews after which half of a rating's distance from the middling one counts. */
const HALF_TRUSTED = 20;
const MIDDLING = 3.5;
const COLUMNS = ['id', 'grp', 'facts'];

interface Row {
  readonly id: string;
  readonly grp: string;
  readonly facts: string;
}

/** Vectors of products' texts, by id. */
export async function vectorsOf(
  { table, dimensions }: ProductTable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  if (ids.length === 0 || dimensions === 0) return new Map();
  const rows = (await table
    .query()
    .select(['id', 'vector'])
    .where(`id IN (${ids.map(quote).join(', ')})`)
    .limit(ids.length)
    .toArray()) as { id: string; vector: Iterable<number> | null }[];
  return new Map(rows.flatMap(({ id, vector }) => (vector ? [[id, Float32Array.from(vector)] as const] : [])));
}

/** Products in stock by the cosine of their text and a vector. */
export async function itemsNear(
  { table, dimensions }: ProductTable,
  vector: Float32Array,
  limit: number,
): Promise<ShelfItem[]> {
  if (vector.length !== dimensions) return [];
  const found = table.vectorSearch(vector).distanceType('dot').where('available = true');
  const rows = (await found
    .select([...COLUMNS, '_distance'])
    .limit(limit)
    .toArray()) as Row[];
  return rows.map(itemOf);
}

/** Products in stock, the best rated first. */
export async function bestRated({ table }: ProductTable, limit: number): Promise<ShelfItem[]> {
  const rows = (await table.query().select(COLUMNS).where('available = true').limit(MOST_SCANNED).toArray()) as Row[];
  const rated = rows.map((row) => itemOf(row)).map((item) => ({ item, worth: trustedRating(item) }));
  rated.sort((a, b) => b.worth - a.worth || (a.item.id < b.item.id ? -1 : 1));
  return rated.slice(0, limit).map(({ item }) => item);
}

/** Products in stock of some kinds that share a colour or a material with what is wanted. */
export async function itemsMatching(
  { table }: ProductTable,
  wanted: Readonly<Record<'kinds' | 'colors' | 'materials', readonly string[]>>,
  limit: number,
): Promise<ShelfItem[]> {
  const any = (['colors', 'materials'] as const).filter((column) => wanted[column].length > 0);
  if (wanted.kinds.length === 0) return [];
  const shared = any.map((column) => `array_has_any(${column}, ${quoteList(wanted[column])})`).join(' OR ');
  const ofKinds = `available = true AND array_has_any(kinds, ${quoteList(wanted.kinds)})`;
  const where = shared === '' ? ofKinds : `${ofKinds} AND (${shared})`;
  const rows = (await table.query().select(COLUMNS).where(where).limit(limit).toArray()) as Row[];
  return rows.map(itemOf);
}

/** A rating, nearer to the middling one the fewer reviews it rests on. */
function trustedRating({ rating, reviews }: ShelfItem): number {
  return (rating * reviews + MIDDLING * HALF_TRUSTED) / (reviews + HALF_TRUSTED);
}

function itemOf({ id, grp, facts }: Row): ShelfItem {
  const { attributes, available, rating, reviews } = JSON.parse(facts) as IndexedFacts;
  return { id, group: grp, attributes, available, rating, reviews };
}
