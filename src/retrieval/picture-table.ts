import { type Connection, connect, Index, makeArrowTable, type Table } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Int32, Schema, Utf8 } from 'apache-arrow';
import type { PictureRow } from './picture-vectors';
import { quote } from './quote';

const TABLE = 'pictures';
const BATCH = 5_000;
/** Fewer rows are scanned faster than an approximate index answers. */
const FEWEST_FOR_VECTOR_INDEX = 10_000;
/** Keys of one delete. */
const MOST_DELETED = 500;

interface Row {
  readonly id: string;
  readonly position: number;
  readonly digest: string;
}

function schemaOf(dimensions: number): Schema {
  return new Schema([
    new Field('id', new Utf8(), false),
    new Field('position', new Int32(), false),
    new Field('digest', new Utf8(), false),
    new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), false),
  ]);
}

/** The vectors of all pictures of products, beside the product table of a generation. */
export class PictureTable {
  private constructor(
    private readonly connection: Connection,
    private readonly table: Table,
    private readonly dimensions: number,
  ) {}

  /** Opens the table of a generation, or makes an empty one. */
  static async open(folder: string, dimensions: number, consistencySeconds?: number): Promise<PictureTable> {
    const connection = await connect(folder, {
      ...(consistencySeconds !== undefined && { readConsistencyInterval: consistencySeconds }),
    });
    const table = (await connection.tableNames()).includes(TABLE)
      ? await connection.openTable(TABLE)
      : await connection.createEmptyTable(TABLE, schemaOf(dimensions));
    return new PictureTable(connection, table, dimensions);
  }

  /** Brings the table to exactly these rows; true when something changed. */
  async sync(rows: readonly PictureRow[], cleanupOlderThan: Date): Promise<boolean> {
    const wanted = new Map(rows.map((row) => [rowKey({ id: row.picture.productId, ...row.picture }), row]));
    const present = (await this.table.query().select(['id', 'position', 'digest']).toArray()) as Row[];
    const gone = present.filter((row) => !wanted.delete(rowKey(row)));
    for (let at = 0; at < gone.length; at += MOST_DELETED) {
      const keys = gone.slice(at, at + MOST_DELETED);
      await this.table.delete(keys.map((row) => `(id = ${quote(row.id)} AND position = ${row.position})`).join(' OR '));
    }
    const fresh = [...wanted.values()];
    for (let at = 0; at < fresh.length; at += BATCH) await this.table.add(this.arrow(fresh.slice(at, at + BATCH)));
    if (gone.length + fresh.length === 0) return false;
    await this.index();
    await this.table.optimize({ cleanupOlderThan });
    return true;
  }

  /** Ids of the products whose pictures have the highest cosine with a vector, the best first. */
  async nearest(vector: Float32Array, limit: number): Promise<string[]> {
    const found = this.table.vectorSearch(vector).distanceType('dot').select(['id', '_distance']).limit(limit);
    return [...new Set(((await found.toArray()) as Row[]).map(({ id }) => id))];
  }

  /** The cosine of a vector and the best picture of each of these products; products without pictures are left out. */
  async cosines(vector: Float32Array, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const best = new Map<string, number>();
    if (ids.length === 0) return best;
    const query = this.table.query().where(`id IN (${ids.map(quote).join(', ')})`);
    const rows = (await query.select(['id', 'vector']).toArray()) as (Row & { vector: Iterable<number> })[];
    for (const { id, vector: own } of rows) {
      let cosine = 0;
      let at = 0;
      for (const value of own) cosine += value * (vector[at++] ?? 0);
      best.set(id, Math.max(best.get(id) ?? -1, cosine));
    }
    return best;
  }

  count(): Promise<number> {
    return this.table.countRows();
  }

  close(): void {
    this.table.close();
    this.connection.close();
  }

  private async index(): Promise<void> {
    const indexed = (await this.table.listIndices()).map(({ columns }) => columns[0]);
    const rows = await this.table.countRows();
    if (!indexed.includes('id') && rows > 0) await this.table.createIndex('id', { config: Index.btree() });
    if (!indexed.includes('vector') && rows >= FEWEST_FOR_VECTOR_INDEX) {
      await this.table.createIndex('vector', { config: Index.hnswSq({ distanceType: 'dot' }) });
    }
  }

  private arrow(rows: readonly PictureRow[]) {
    const plain = rows.map(({ picture: { productId, position, digest }, vector }) => ({
      id: productId,
      position,
      digest,
      vector,
    }));
    return makeArrowTable(plain, { schema: schemaOf(this.dimensions) });
  }
}

function rowKey({ id, position, digest }: Row): string {
  return `${digest} ${position} ${id}`;
}
