import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { RecordReader, type TextRecord } from '../catalogue/feeds/records';
import { VitrineError } from '../domain';

/** Problems of rows that are printed; a count tells of the others. */
const MOST_SHOWN = 50;

/** The records of a text file, piece by piece: lines or, with a delimiter, rows of cells. Throws QUERY_INVALID for no file. */
export async function* rowsOf(file: string, delimiter?: string): AsyncGenerator<TextRecord> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new VitrineError('QUERY_INVALID', `${file}: there is no such file`);
  const reader = new RecordReader({ newline: '\n', ...(delimiter !== undefined && { delimiter }) });
  // Drops the byte order mark.
  const decoder = new TextDecoder('utf-8');
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    yield* reader.push(decoder.decode(piece, { stream: true }));
  }
  yield* reader.push(decoder.decode(), true);
}

/** Prints what is wrong with rows, as they come, and counts them. */
export class RowProblems {
  count = 0;

  add(line: number, problem: string): void {
    this.count += 1;
    if (this.count <= MOST_SHOWN) process.stderr.write(`line ${line}: ${problem}\n`);
  }

  finish(): void {
    if (this.count > MOST_SHOWN) process.stderr.write(`… and ${this.count - MOST_SHOWN} more\n`);
  }
}
