/** A comparison as the page draws it; all texts are plain, final and in the shopper's language. */
export interface Comparison {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[]; readonly differs: boolean }[];
  readonly differs: string;
}

/** The `table` of a card's content; undefined where there is none that makes sense. */
export function comparisonOf(content: unknown): Comparison | undefined {
  const table = field(content, 'table');
  const columns = texts(field(table, 'columns'));
  const rows = field(table, 'rows');
  if (columns === undefined || columns.length === 0 || !Array.isArray(rows)) return undefined;
  const read = rows.flatMap((row: unknown) => {
    const label = field(row, 'label');
    const cells = texts(field(row, 'cells'));
    if (typeof label !== 'string' || cells?.length !== columns.length) return [];
    return [{ label, cells, differs: field(row, 'differs') === true }];
  });
  const [caption, differs] = [field(table, 'caption'), field(table, 'differs')];
  if (read.length === 0 || typeof caption !== 'string' || typeof differs !== 'string') return undefined;
  return { caption, columns, rows: read, differs };
}

/** How many pieces the basket holds, as the server last said; undefined where it said nothing. */
export function basketIn(activities: readonly object[]): number | undefined {
  let count: number | undefined;
  for (const activity of activities) {
    // A shopper's own message says nothing of what was kept.
    if (field(field(activity, 'from'), 'role') === 'user') continue;
    const said = field(field(field(field(activity, 'channelData'), 'vitrine'), 'basket'), 'count');
    if (typeof said === 'number' && Number.isSafeInteger(said) && said >= 0) count = said;
  }
  return count;
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
