import { constants, gunzipSync } from 'node:zlib';
import { isGzip } from './bytes';
import { headText, newlineOf } from './encoding';
import { targetOf } from './google-fields';
import { typesOf } from './json';
import { PIECE_BYTES } from './limits';
import { RecordReader } from './records';
import { GROUP_TYPE, PRODUCT_TYPES } from './schema-jsonl';
import { type ShopifyColumn, shopifyColumn } from './shopify-fields';
import type { FeedFormat } from './types';

const ROOTS = new Set(['rss', 'feed', 'channel', 'rdf', 'items', 'products']);
const SHOPIFY_OWN: readonly ShopifyColumn[] = ['price', 'sku', 'body', 'value1', 'image', 'status', 'vendor'];
const LINES_LOOKED_AT = 50;

/**
 * The format of a feed by its first 64 KB (which may be gzip), never by its name. UTF-8 with or without a byte order
 * mark, UTF-16 with one.
 */
export function detectFormat(head: Buffer): FeedFormat | undefined {
  const bytes = unpackedHead(head.subarray(0, PIECE_BYTES));
  if (!bytes) return undefined;
  const text = headText(bytes).trimStart();
  if (text.startsWith('<')) return ROOTS.has(rootOf(text) ?? '') ? 'google-xml' : undefined;
  if (text.startsWith('{')) return isSchema(text) ? 'schema-jsonl' : undefined;
  const names = (delimiter: string) => headerOf(text, delimiter);
  if (isGoogle(names('\t'))) return 'google-tsv';
  if (isShopify(names(','))) return 'shopify-csv';
  return isSchema(text) ? 'schema-jsonl' : undefined;
}

/** A few KB grow to at most 4 MB, however they are packed. */
function unpackedHead(head: Buffer): Buffer | undefined {
  if (!isGzip(head)) return head;
  try {
    const unpacked = gunzipSync(head.subarray(0, 4096), { finishFlush: constants.Z_SYNC_FLUSH });
    return unpacked.subarray(0, PIECE_BYTES);
  } catch {
    return undefined;
  }
}

/** The name of an XML document's first element, lower case, without prefix. */
export function rootOf(text: string): string | undefined {
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
    if (text[at] !== '<') return undefined;
    if (text[at + 1] !== '?' && text[at + 1] !== '!') break;
    const comment = text.startsWith('<!--', at);
    const subset = /^<!doctype[^>[]{0,500}\[/i.test(text.slice(at, at + 520));
    const mark = comment ? '-->' : subset ? ']>' : '>';
    const end = text.indexOf(mark, at);
    if (end < 0) return undefined;
    at = end + mark.length;
  }
  const name = /^<([^\s/>]{1,80})/.exec(text.slice(at, at + 82))?.[1];
  return name?.toLowerCase().replace(/^[^:]{0,80}:/, '');
}

function headerOf(text: string, delimiter: string): readonly string[] {
  const reader = new RecordReader({ delimiter, newline: newlineOf(text) });
  for (const record of reader.push(text, true)) return record.cells;
  return [];
}

function isGoogle(header: readonly string[]): boolean {
  const fields = new Set(header.map((name) => named(targetOf(name))));
  return fields.has('id') && fields.has('title');
}

function named(target: ReturnType<typeof targetOf>): string | undefined {
  return target?.kind === 'field' ? target.name : undefined;
}

function isShopify(header: readonly string[]): boolean {
  const columns = new Set(header.map(shopifyColumn));
  return columns.has('handle') && columns.has('title') && SHOPIFY_OWN.some((column) => columns.has(column));
}

/** True when one of the first lines is a Product; the last one may be cut by the end of the head. */
function isSchema(text: string): boolean {
  const lines = text.split(newlineOf(text), LINES_LOOKED_AT);
  if (lines.some((line) => isProductLine(line))) return true;
  const first = lines[0] ?? '';
  const cut = lines.length === 1 && first.length > 1000 && first.startsWith('{');
  return cut && /"@type"\s{0,9}:\s{0,9}"(?:https?:\/\/schema\.org\/|schema:)?Product(?:Group)?"/.test(first);
}

function isProductLine(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  let node: unknown;
  try {
    node = JSON.parse(line);
  } catch {
    return false;
  }
  const types = typesOf(node);
  if (types.some((type) => type === GROUP_TYPE || PRODUCT_TYPES.has(type))) return true;
  const has = (key: string) => typeof node === 'object' && node !== null && Object.hasOwn(node, key);
  return types.length === 0 && has('name') && (has('sku') || has('offers') || has('productID') || has('@id'));
}
