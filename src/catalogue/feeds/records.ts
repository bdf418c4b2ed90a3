import { MOST_RECORD } from './limits';
import { readQuoted } from './quoted';

/** One record of a line-based file, or why it could not be read. */
export interface TextRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem?: string;
}

export interface RecordOptions {
  /** Splits records into cells and lets quoted cells hold delimiters and newlines; without it a line is one cell. */
  readonly delimiter?: string;
  readonly newline: '\n' | '\r';
}

const TOO_LONG = 'a record of more than 1 MB';
const UNCLOSED = 'a quote (") is opened and not closed';

/**
 * Cuts decoded text into records (RFC 4180, tolerant: a cell whose quotes do not enclose all of it is taken literally).
 * Holds back at most one record of 1 MB; a longer one, or one whose quote stays open, becomes a problem and reading
 * goes on with the next line.
 */
export class RecordReader {
  private rest = '';
  private line = 1;
  private skipping = false;

  constructor(private readonly options: RecordOptions) {}

  /** `last`: nothing follows, what is left is a record. */
  *push(piece: string, last = false): Generator<TextRecord> {
    const { delimiter, newline } = this.options;
    const text = this.rest + piece;
    let at = 0;
    let quoteAt = delimiter ? text.indexOf('"') : -1;
    while (at < text.length) {
      const found = text.indexOf(newline, at);
      const end = found < 0 ? text.length : found;
      if (found < 0 && !last && (this.skipping || end - at <= MOST_RECORD)) break;
      if (quoteAt >= 0 && quoteAt < at) quoteAt = text.indexOf('"', at);
      const line = this.line;
      if (this.skipping || end - at > MOST_RECORD) {
        if (!this.skipping) yield { line, cells: [], problem: TOO_LONG };
        this.skipping = found < 0;
        at = this.skipping ? text.length : this.afterLine(end);
      } else if (delimiter && quoteAt >= 0 && quoteAt < end) {
        const record = readQuoted(text, at, delimiter, newline, last);
        if (record && record.next - at <= MOST_RECORD) {
          yield { line, cells: record.cells };
          this.line += record.lines;
          at = record.next;
        } else if (last || text.length - at > MOST_RECORD) {
          yield { line, cells: [], problem: UNCLOSED };
          at = this.afterLine(end);
        } else {
          break;
        }
      } else {
        const content = text.slice(at, end > at && newline === '\n' && text[end - 1] === '\r' ? end - 1 : end);
        if (content !== '') yield { line, cells: delimiter ? content.split(delimiter) : [content] };
        at = this.afterLine(end);
      }
    }
    this.rest = this.skipping ? '' : text.slice(at);
  }

  private afterLine(end: number): number {
    this.line += 1;
    return end + 1;
  }
}
