import { type FeedRow, type ReadFeedOptions, readFeed } from '../../../src/catalogue/feeds';
import type { Product } from '../../../src/domain';

/** A source of the given bytes, in chunks of `size`. */
export async function* sourceOf(content: string | Buffer, size = 1 << 16): AsyncGenerator<Buffer> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function rowsOf(
  content: string | Buffer,
  options?: ReadFeedOptions & { chunk?: number },
): Promise<FeedRow[]> {
  const rows: FeedRow[] = [];
  for await (const row of readFeed(sourceOf(content, options?.chunk), options)) rows.push(row);
  return rows;
}

/** The only row of a feed. */
export async function onlyRow(content: string | Buffer, options?: ReadFeedOptions): Promise<FeedRow> {
  const rows = await rowsOf(content, options);
  const [row] = rows;
  if (!row || rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
  return row;
}

export async function onlyProduct(content: string | Buffer, options?: ReadFeedOptions): Promise<Product> {
  const { product, errors } = await onlyRow(content, options);
  if (!product) throw new Error(`expected a product, got ${JSON.stringify(errors)}`);
  return product;
}

/** `{code, message}` of what reading a feed throws, and the rows that came before. */
export async function faultOf(source: AsyncIterable<Buffer>, options?: ReadFeedOptions) {
  const rows: FeedRow[] = [];
  try {
    for await (const row of readFeed(source, options)) rows.push(row);
  } catch (error) {
    return { error: error as Error & { code?: string }, rows };
  }
  throw new Error(`expected a fault, got ${rows.length} rows`);
}

export function tsv(columns: readonly string[], ...rows: (readonly string[])[]): string {
  return `${[columns, ...rows].map((cells) => cells.join('\t')).join('\n')}\n`;
}

export function csv(columns: readonly string[], ...rows: Record<string, string>[]): string {
  const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(cell).join(','))
    .join('\r\n');
}

export function rss(...items: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><link>https://shop.example</link>
${items.map((item) => `<item>${item}</item>`).join('\n')}
</channel></rss>`;
}

export function jsonl(...nodes: unknown[]): string {
  return `${nodes.map((node) => (typeof node === 'string' ? node : JSON.stringify(node))).join('\n')}\n`;
}
