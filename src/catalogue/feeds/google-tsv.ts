import { VitrineError } from '../../domain';
import type { ProductBuilder } from './builder';
import { GoogleRecord, type Target, targetOf } from './google-fields';
import { RecordReader, type TextRecord } from './records';
import type { FeedParser, FeedRow } from './types';

/** Google Merchant Center's tab separated text. */
export class GoogleTsvParser implements FeedParser {
  private readonly reader: RecordReader;
  private columns: readonly (Target | undefined)[] | undefined;

  constructor(
    private readonly builder: ProductBuilder,
    newline: '\n' | '\r',
  ) {
    this.reader = new RecordReader({ delimiter: '\t', newline });
  }

  push(text: string): Iterable<FeedRow> {
    return this.rows(this.reader.push(text));
  }

  end(): Iterable<FeedRow> {
    return this.rows(this.reader.push('', true));
  }

  private *rows(records: Iterable<TextRecord>): Generator<FeedRow> {
    for (const record of records) {
      if (!this.columns) this.columns = header(record);
      else if (record.problem) yield failed(record.line, record.problem);
      else if (record.cells.some((cell) => cell !== '')) yield this.row(record, this.columns);
    }
  }

  private row({ line, cells }: TextRecord, columns: readonly (Target | undefined)[]): FeedRow {
    for (let place = columns.length; place < cells.length; place += 1) {
      if (cells[place]?.trim()) return failed(line, `has more columns than the header's ${columns.length}`);
    }
    const raw = new GoogleRecord();
    for (let place = 0; place < columns.length; place += 1) {
      const target = columns[place];
      if (target) raw.add(target, (cells[place] ?? '').trim());
    }
    return this.builder.build(line, raw);
  }
}

function header(record: TextRecord): readonly (Target | undefined)[] {
  if (record.problem) throw new VitrineError('FEED_BROKEN', `line ${record.line}: the header is ${record.problem}`);
  return record.cells.map(targetOf);
}

function failed(row: number, reason: string): FeedRow {
  return { row, errors: [{ field: 'row', reason }], warnings: [] };
}
