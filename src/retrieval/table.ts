import { type Connection, connect, Index, makeArrowTable, type Table } from '@lancedb/lancedb';
import type { IndexDocument } from './document';
import { SCALAR_INDEXES, tableSchema } from './schema';

const TABLE = 'products';
/** Fewer rows are scanned faster than an approximate index answers. */
const FEWEST_FOR_VECTOR_INDEX = 10_000;

/** A document with its vector, ready for the table. */
export interface IndexRow {
  readonly document: IndexDocument;
  readonly vector?: Float32Array;
}

function arrowRows(rows: readonly IndexRow[], dimensions: number) {
  const plain = rows.map(({ document, vector }) => {
    const { vocabulary: _words, textToEncode: _text, ...columns } = document;
    return { ...columns, ...(dimensions > 0 && { vector: vector ?? null }) };
  });
  return makeArrowTable(plain, { schema: tableSchema(dimensions) });
}

/** One generation of the product table in a folder of its own. */
export class ProductTable {
  private constructor(
    private readonly connection: Connection,
    readonly table: Table,
    readonly dimensions: number,
  ) {}

  static async create(folder: string, dimensions: number): Promise<ProductTable> {
    const connection = await connect(folder);
    const table = await connection.createEmptyTable(TABLE, tableSchema(dimensions), { mode: 'overwrite' });
    return new ProductTable(connection, table, dimensions);
  }

  /** @param consistencySeconds how soon writes of another process are seen; undefined for never */
  static async open(folder: string, dimensions: number, consistencySeconds?: number): Promise<ProductTable> {
    const connection = await connect(folder, {
      ...(consistencySeconds !== undefined && { readConsistencyInterval: consistencySeconds }),
    });
    return new ProductTable(connection, await connection.openTable(TABLE), dimensions);
  }

  async add(rows: readonly IndexRow[]): Promise<void> {
    if (rows.length > 0) await this.table.add(arrowRows(rows, this.dimensions));
  }

  /** Updates rows by id and inserts new ones. */
  async upsert(rows: readonly IndexRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.table
      .mergeInsert('id')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .execute(arrowRows(rows, this.dimensions));
  }

  /** Builds every index that the columns want. Rows came in large batches: there is nothing to compact. */
  async buildIndexes(options: { vectorIndex: boolean }): Promise<void> {
    // Positions would only serve phrase queries, and make optimize grow (lance#7653).
    await this.table.createIndex('words', {
      config: Index.fts({
        withPosition: false,
        baseTokenizer: 'whitespace',
        lowercase: false,
        stem: false,
        removeStopWords: false,
        asciiFolding: false,
        maxTokenLength: 200,
      }),
    });
    for (const [column, kind] of Object.entries(SCALAR_INDEXES)) {
      await this.table.createIndex(column, { config: Index[kind]() });
    }
    if (options.vectorIndex && this.dimensions > 0 && (await this.table.countRows()) >= FEWEST_FOR_VECTOR_INDEX) {
      await this.table.createIndex('vector', { config: Index.hnswSq({ distanceType: 'dot' }) });
    }
  }

  /** Brings rows added since into the indexes and drops versions that no reader can still use. */
  async optimize(cleanupOlderThan: Date): Promise<void> {
    await this.table.optimize({ cleanupOlderThan });
  }

  close(): void {
    this.table.close();
    this.connection.close();
  }
}
