import { VitrineError } from '../../domain';
import type { ProductBuilder } from './builder';
import { MOST_HANDLE, MOST_VARIANTS } from './limits';
import { RecordReader, type TextRecord } from './records';
import { type ShopifyColumn, shopifyColumn } from './shopify-fields';
import { type ShopifyLine, shopifyRows } from './shopify-group';
import type { FeedParser, FeedRow } from './types';

/**
 * Shopify's product export: the lines of one handle are held until the handle changes, then become rows. A line that
 * could not be read is reported at once, so before the rows of the handle that it stands among.
 */
export class ShopifyCsvParser implements FeedParser {
  private readonly reader: RecordReader;
  private columns: readonly (ShopifyColumn | undefined)[] | undefined;
  private lines: ShopifyLine[] = [];
  private size = 0;
  private handle = '';

  constructor(
    private readonly builder: ProductBuilder,
    newline: '\n' | '\r',
  ) {
    this.reader = new RecordReader({ delimiter: ',', newline });
  }

  push(text: string): Iterable<FeedRow> {
    return this.rows(this.reader.push(text));
  }

  *end(): Generator<FeedRow> {
    yield* this.rows(this.reader.push('', true));
    yield* this.flush();
  }

  private *rows(records: Iterable<TextRecord>): Generator<FeedRow> {
    for (const record of records) {
      if (!this.columns) {
        if (record.problem)
          throw new VitrineError('FEED_BROKEN', `line ${record.line}: the header is ${record.problem}`);
        this.columns = record.cells.map(shopifyColumn);
      } else if (record.problem) {
        yield failed(record.line, 'row', record.problem);
      } else if (record.cells.some((cell) => cell !== '')) {
        yield* this.take(record, this.columns);
      }
    }
  }

  private *take({ line, cells }: TextRecord, columns: readonly (ShopifyColumn | undefined)[]): Generator<FeedRow> {
    for (let place = columns.length; place < cells.length; place += 1) {
      if (cells[place]?.trim()) {
        yield failed(line, 'row', `has more columns than the header's ${columns.length}`);
        return;
      }
    }
    const values: Partial<Record<ShopifyColumn, string>> = {};
    let size = 0;
    for (let place = 0; place < columns.length; place += 1) {
      const value = cells[place]?.trim();
      const column = columns[place];
      if (!value || !column) continue;
      values[column] ??= value;
      size += value.length;
    }
    const { handle } = values;
    if (!handle) {
      yield failed(line, 'Handle', 'missing');
      return;
    }
    if (handle !== this.handle) yield* this.flush();
    this.handle = handle;
    if (this.lines.length >= MOST_VARIANTS || this.size + size > MOST_HANDLE) {
      yield failed(line, 'Handle', `more than ${MOST_VARIANTS} lines or 4 MB for one product`);
      return;
    }
    this.lines.push({ line, values });
    this.size += size;
  }

  private *flush(): Generator<FeedRow> {
    const { lines } = this;
    this.lines = [];
    this.size = 0;
    if (lines.length > 0) yield* shopifyRows(this.handle, lines, this.builder);
  }
}

function failed(row: number, field: string, reason: string): FeedRow {
  return { row, errors: [{ field, reason }], warnings: [] };
}
