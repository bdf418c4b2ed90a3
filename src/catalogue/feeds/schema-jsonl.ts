import type { ProductBuilder } from './builder';
import { quote } from './clean';
import { isObject, type JsonObject, listOf, own, typesOf } from './json';
import { MOST_VARIANTS } from './limits';
import { RecordReader, type TextRecord } from './records';
import { inherit, rawProduct } from './schema-product';
import type { FeedParser, FeedRow } from './types';

/** JSON-LD types that are products of their own. */
export const PRODUCT_TYPES: ReadonlySet<string> = new Set([
  'Product',
  'IndividualProduct',
  'ProductModel',
  'SomeProducts',
]);
export const GROUP_TYPE = 'ProductGroup';

/** schema.org Products as JSON Lines; a ProductGroup becomes one row for each variant, all with the line's number. */
export class SchemaJsonlParser implements FeedParser {
  private readonly reader: RecordReader;

  constructor(
    private readonly builder: ProductBuilder,
    newline: '\n' | '\r',
  ) {
    this.reader = new RecordReader({ newline });
  }

  push(text: string): Iterable<FeedRow> {
    return this.rows(this.reader.push(text));
  }

  end(): Iterable<FeedRow> {
    return this.rows(this.reader.push('', true));
  }

  private *rows(records: Iterable<TextRecord>): Generator<FeedRow> {
    for (const { line, cells, problem } of records) {
      const text = (cells[0] ?? '').trim();
      if (problem) yield failed(line, 'row', problem);
      else if (text !== '') yield* this.row(line, text);
    }
  }

  private *row(line: number, text: string): Generator<FeedRow> {
    let node: unknown;
    try {
      node = JSON.parse(text);
    } catch {
      yield failed(line, 'row', `not JSON: ${quote(text)}`);
      return;
    }
    if (!isObject(node)) {
      yield failed(line, 'row', `not a JSON object: ${quote(text)}`);
      return;
    }
    const types = typesOf(node);
    if (types.includes(GROUP_TYPE)) yield* this.group(line, node);
    else if (types.length === 0 || types.some((type) => PRODUCT_TYPES.has(type)))
      yield this.builder.build(line, rawProduct(node));
    else yield failed(line, '@type', `not a Product: ${quote(types.join(', '))}`);
  }

  private *group(line: number, node: JsonObject): Generator<FeedRow> {
    const base = rawProduct(node);
    const group = own(node, 'productGroupID');
    if (typeof group === 'string' || typeof group === 'number') base.fields.item_group_id = String(group);
    const variants = listOf(own(node, 'hasVariant')).filter(isObject);
    if (variants.length === 0) {
      base.fields.id ??= base.fields.item_group_id ?? '';
      yield this.builder.build(line, base);
    }
    for (const variant of variants.slice(0, MOST_VARIANTS)) {
      yield this.builder.build(line, inherit(rawProduct(variant), base));
    }
    if (variants.length > MOST_VARIANTS) yield failed(line, 'hasVariant', `only the first ${MOST_VARIANTS} are read`);
  }
}

function failed(row: number, field: string, reason: string): FeedRow {
  return { row, errors: [{ field, reason }], warnings: [] };
}
