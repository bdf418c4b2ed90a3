import type { Table } from '@lancedb/lancedb';
import { quote } from './quote';

/** The highest cosine of a vector with the rows of each of these products; products without rows are left out. */
export async function bestCosines(
  table: Table,
  vector: Float32Array,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const best = new Map<string, number>();
  if (ids.length === 0) return best;
  const query = table.query().where(`id IN (${ids.map(quote).join(', ')})`);
  const rows = (await query.select(['id', 'vector']).toArray()) as { id: string; vector: Iterable<number> }[];
  for (const { id, vector: own } of rows) {
    let cosine = 0;
    let at = 0;
    for (const value of own) cosine += value * (vector[at++] ?? 0);
    best.set(id, Math.max(best.get(id) ?? -1, cosine));
  }
  return best;
}
