export interface QuotedRecord {
  readonly cells: string[];
  /** Where the next record begins. */
  readonly next: number;
  /** Lines that the record takes up. */
  readonly lines: number;
}

interface Cell {
  readonly value: string;
  /** The delimiter or newline behind the cell. */
  readonly end: number;
}

/**
 * Reads the record with quotes that begins at `start`; undefined when the text ends before the record does. A quote
 * that something else than a delimiter or a newline follows means that the cell is not quoted at all.
 */
export function readQuoted(
  text: string,
  start: number,
  delimiter: string,
  newline: string,
  last: boolean,
): QuotedRecord | undefined {
  const cells: string[] = [];
  for (let at = start; ; ) {
    const quoted = text[at] === '"' ? quotedCell(text, at, delimiter, newline, last) : undefined;
    if (quoted === 'open') return undefined;
    const cell = quoted ?? plainCell(text, at, delimiter, newline);
    const after = text[cell.end];
    if (after === undefined && !last) return undefined;
    if (after === delimiter) {
      cells.push(cell.value);
      at = cell.end + 1;
      continue;
    }
    cells.push(!quoted && newline === '\n' && cell.value.endsWith('\r') ? cell.value.slice(0, -1) : cell.value);
    const next = after === '\r' && newline === '\n' ? cell.end + 2 : cell.end + 1;
    return { cells, next, lines: 1 + count(newline, text, start, cell.end) };
  }
}

function plainCell(text: string, start: number, delimiter: string, newline: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== newline) end += 1;
  return { value: text.slice(start, end), end };
}

function quotedCell(
  text: string,
  start: number,
  delimiter: string,
  newline: string,
  last: boolean,
): Cell | 'open' | undefined {
  let escaped = false;
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      escaped = true;
      at += 1;
      continue;
    }
    const behind = newline === '\n' && text[at + 1] === '\r' ? at + 2 : at + 1;
    const after = text[behind];
    if (after === undefined && !last) return 'open';
    const closes = after === undefined || after === newline || (after === delimiter && behind === at + 1);
    if (!closes) return undefined;
    const value = text.slice(start + 1, at);
    return { value: escaped ? value.replaceAll('""', '"') : value, end: at + 1 };
  }
  return 'open';
}

function count(mark: string, text: string, from: number, to: number): number {
  let found = 0;
  for (let at = text.indexOf(mark, from); at >= 0 && at < to; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}
