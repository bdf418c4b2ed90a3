import { createHash } from 'node:crypto';
import { type Connection, connect, Index, makeArrowTable, type Table } from '@lancedb/lancedb';
import { Field, FixedSizeList, Float32, Schema, Utf8 } from 'apache-arrow';
import type { Attributes, Fusion, ModalityVectors } from '../domain';
import { bestCosines } from './cosines';
import type { IndexedFacts } from './document';
import type { PictureVectors } from './picture-vectors';
import { quote } from './quote';
import type { ProductTable } from './table';

const TABLE = 'fused';
const BATCH = 1_000;
/** Fewer rows are scanned faster than an approximate index answers. */
const FEWEST_FOR_VECTOR_INDEX = 10_000;
/** Keys of one delete. */
const MOST_DELETED = 500;

/** What fuses a product's vectors. */
export interface ProductFusion {
  readonly fusion: Fusion;
  /** One vector for each of the attributes, in the space of the words; undefined where nothing is said. */
  readonly attributeVectors: (
    attributes: readonly Attributes[],
    signal?: AbortSignal,
  ) => Promise<(Float32Array | undefined)[]>;
}

interface Row {
  readonly id: string;
  /** Digest of what was fused. */
  readonly mark: string;
}

function schemaOf(dimensions: number): Schema {
  return new Schema([
    new Field('id', new Utf8(), false),
    new Field('mark', new Utf8(), false),
    new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), false),
  ]);
}

/** One fused vector a product, beside the product table of a generation: made of what that and the pictures hold. */
export class FusedTable {
  private constructor(
    private readonly connection: Connection,
    private readonly table: Table,
    private readonly dimensions: number,
  ) {}

  /** Opens the table of a generation, or makes an empty one. */
  static async open(folder: string, dimensions: number, consistencySeconds?: number): Promise<FusedTable> {
    const connection = await connect(folder, {
      ...(consistencySeconds !== undefined && { readConsistencyInterval: consistencySeconds }),
    });
    const table = (await connection.tableNames()).includes(TABLE)
      ? await connection.openTable(TABLE)
      : await connection.createEmptyTable(TABLE, schemaOf(dimensions));
    return new FusedTable(connection, table, dimensions);
  }

  /** Brings the table to exactly the products that have a vector of words or of a picture; true when something changed. */
  async sync(
    products: ProductTable,
    { fusion, attributeVectors }: ProductFusion,
    { pictures, cleanupOlderThan, signal }: { pictures?: PictureVectors; cleanupOlderThan: Date; signal?: AbortSignal },
  ): Promise<boolean> {
    const known = new Map<string, string>();
    for await (const batch of this.table.query().select(['id', 'mark']))
      for (const { id, mark } of batch.toArray()) known.set(id, mark);
    const first = firstPictures(pictures);
    let changed = false;
    let waiting: (Row & { inputs: Source })[] = [];
    const flush = async () => {
      const rows = await this.fused(waiting, fusion, attributeVectors, pictures, signal);
      waiting = [];
      if (rows.length === 0) return;
      changed = true;
      await this.table
        .mergeInsert('id')
        .whenMatchedUpdateAll()
        .whenNotMatchedInsertAll()
        .execute(makeArrowTable(rows, { schema: schemaOf(this.dimensions) }));
    };
    for await (const batch of products.table.query().select(['id', 'facts', 'vector'])) {
      signal?.throwIfAborted();
      for (const { id, facts, vector } of batch.toArray()) {
        const words = vector ? Float32Array.from(vector as Iterable<number>) : undefined;
        const { attributes } = JSON.parse(facts as string) as IndexedFacts;
        const picture = first.get(id);
        const mark = markOf(words, attributes, picture?.digest);
        const before = known.get(id);
        known.delete(id);
        if (before !== mark) waiting.push({ id, mark, inputs: { words, attributes, picture } });
        if (waiting.length >= BATCH) await flush();
      }
    }
    await flush();
    const gone = [...known.keys()];
    for (let at = 0; at < gone.length; at += MOST_DELETED)
      await this.table.delete(
        `id IN (${gone
          .slice(at, at + MOST_DELETED)
          .map(quote)
          .join(', ')})`,
      );
    if (!changed && gone.length === 0) return false;
    await this.index();
    await this.table.optimize({ cleanupOlderThan });
    return true;
  }

  /** Ids of the products with the highest cosine with a vector, the best first. */
  async nearest(vector: Float32Array, limit: number): Promise<string[]> {
    const found = this.table.vectorSearch(vector).distanceType('dot').select(['id', '_distance']).limit(limit);
    return ((await found.toArray()) as Row[]).map(({ id }) => id);
  }

  /** The cosine of a vector and each of these products; products without a fused vector are left out. */
  cosines(vector: Float32Array, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return bestCosines(this.table, vector, ids);
  }

  close(): void {
    this.table.close();
    this.connection.close();
  }

  private async fused(
    waiting: readonly (Row & { inputs: Source })[],
    fusion: Fusion,
    attributeVectors: ProductFusion['attributeVectors'],
    pictures: PictureVectors | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ id: string; mark: string; vector: Float32Array }[]> {
    const attributes = await attributeVectors(
      waiting.map(({ inputs }) => inputs.attributes),
      signal,
    );
    const seen = pictures?.of(waiting.flatMap(({ inputs }) => inputs.picture ?? [])) ?? [];
    let at = 0;
    const inputs = waiting.map(({ inputs: { words, picture } }, i): ModalityVectors => {
      const photo = picture ? seen[at++] : undefined;
      const attribute = attributes[i];
      return { ...(words && { words }), ...(photo && { photo }), ...(attribute && { attributes: attribute }) };
    });
    const able = waiting.flatMap(({ id, mark }, i) => {
      const own = inputs[i];
      return own && Object.values(own).some(says) ? [{ id, mark, own }] : [];
    });
    const made = await fusion.fuse(
      able.map(({ own }) => own),
      'product',
    );
    return able.flatMap(({ id, mark }, i) => {
      const vector = made[i]?.vector;
      return vector ? [{ id, mark, vector }] : [];
    });
  }

  private async index(): Promise<void> {
    const indexed = (await this.table.listIndices()).map(({ columns }) => columns[0]);
    const rows = await this.table.countRows();
    if (!indexed.includes('id') && rows > 0) await this.table.createIndex('id', { config: Index.btree() });
    if (!indexed.includes('vector') && rows >= FEWEST_FOR_VECTOR_INDEX)
      await this.table.createIndex('vector', { config: Index.hnswSq({ distanceType: 'dot' }) });
  }
}

/** What the fused table of a generation follows. */
interface FollowedTables {
  /** The generation's folder. */
  readonly path: string;
  readonly products: ProductTable;
  readonly pictures: PictureVectors | undefined;
  readonly cleanupOlderThan: Date;
}

/** Brings the fused table of a generation up to date; pictures of another space than the fusion's take no part. */
export async function syncFusedTable(
  fusion: ProductFusion,
  { path, products, pictures, cleanupOlderThan }: FollowedTables,
  signal: AbortSignal | undefined,
): Promise<void> {
  const table = await FusedTable.open(path, fusion.fusion.dimensions);
  const comparable = pictures?.encoder.space === fusion.fusion.space ? pictures : undefined;
  try {
    await table.sync(products, fusion, {
      cleanupOlderThan,
      ...(comparable && { pictures: comparable }),
      ...(signal && { signal }),
    });
  } finally {
    table.close();
  }
}

/** A vector of zeros is as good as none. */
function says(vector: Float32Array | undefined): boolean {
  return vector?.some((value) => value !== 0) ?? false;
}

/** What of a product is fused. */
interface Source {
  readonly words: Float32Array | undefined;
  readonly attributes: Attributes;
  readonly picture: ReturnType<PictureVectors['stored']>[number] | undefined;
}

/** The main picture of each product, where pictures share the words' space. */
function firstPictures(
  pictures: PictureVectors | undefined,
): Map<string, ReturnType<PictureVectors['stored']>[number]> {
  const first = new Map<string, ReturnType<PictureVectors['stored']>[number]>();
  for (const picture of pictures?.stored() ?? []) {
    const known = first.get(picture.productId);
    if (!known || picture.position < known.position) first.set(picture.productId, picture);
  }
  return first;
}

function markOf(words: Float32Array | undefined, attributes: Attributes, picture: string | undefined): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(attributes))
    .update(picture ?? '');
  if (words) hash.update(Buffer.from(words.buffer, words.byteOffset, words.byteLength));
  return hash.digest('hex').slice(0, 32);
}
