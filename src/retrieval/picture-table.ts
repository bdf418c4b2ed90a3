import { join } from 'node:path';
import { type Connection, connect, Index, makeArrowTable, type Table } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Int32, Schema, Utf8 } from 'apache-arrow';
import type { StoredPicture } from '../domain';
import { bestCosines } from './cosines';
import { readManifest } from './manifest';
import type { PictureVectors } from './picture-vectors';
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

  /**
   * Brings the table to exactly the pictures that are stored and have a vector; true when something changed. Vectors are
   * held a part at a time.
   */
  async sync(pictures: Pick<PictureVectors, 'stored' | 'of'>, cleanupOlderThan: Date): Promise<boolean> {
    const wanted = new Map(pictures.stored().map((picture) => [keyOf(picture.productId, picture), picture]));
    const gone: Row[] = [];
    for await (const batch of this.table.query().select(['id', 'position', 'digest'])) {
      const rows: Row[] = batch.toArray().map(({ id, position, digest }) => ({ id, position, digest }));
      gone.push(...rows.filter((row) => !wanted.delete(keyOf(row.id, row))));
    }
    for (let at = 0; at < gone.length; at += MOST_DELETED) {
      const keys = gone.slice(at, at + MOST_DELETED);
      await this.table.delete(keys.map((row) => `(id = ${quote(row.id)} AND position = ${row.position})`).join(' OR '));
    }
    const fresh = [...wanted.values()];
    let added = 0;
    for (let at = 0; at < fresh.length; at += BATCH) {
      const part = fresh.slice(at, at + BATCH);
      const rows = rowsOf(part, pictures.of(part));
      if (rows.length > 0) await this.table.add(makeArrowTable(rows, { schema: schemaOf(this.dimensions) }));
      added += rows.length;
    }
    if (gone.length + added === 0) return false;
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
  cosines(vector: Float32Array, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return bestCosines(this.table, vector, ids);
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
}

/** How many pictures the serving index of a folder has vectors of. Throws INDEX_FAILED when its manifest is unreadable. */
export async function countIndexedPictures(folder: string): Promise<number> {
  const manifest = readManifest(folder);
  if (!manifest?.pictureEncoder) return 0;
  const table = await PictureTable.open(join(folder, manifest.generation), manifest.pictureEncoder.dimensions);
  try {
    return await table.count();
  } finally {
    table.close();
  }
}

/** Rows of the pictures that have a vector. */
function rowsOf(pictures: readonly StoredPicture[], vectors: readonly (Float32Array | undefined)[]) {
  return pictures.flatMap(({ productId, position, digest }, i) => {
    const vector = vectors[i];
    return vector ? [{ id: productId, position, digest, vector }] : [];
  });
}

function keyOf(id: string, { digest, position }: Pick<Row, 'digest' | 'position'>): string {
  return `${digest} ${position} ${id}`;
}
