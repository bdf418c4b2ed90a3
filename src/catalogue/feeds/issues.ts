import { quote } from './clean';
import type { FieldIssue } from './types';

const MOST_PER_ROW = 50;

/** The warnings of the row that is being built. */
export class Issues {
  private list: FieldIssue[] = [];

  /** Begins a row. */
  start(given: readonly FieldIssue[] = []): void {
    this.list = [...given];
  }

  /** The row's warnings so far; later calls add to a list of their own only after `start`. */
  get all(): readonly FieldIssue[] {
    return this.list;
  }

  warn(field: string, reason: string): void {
    if (this.list.length < MOST_PER_ROW) this.list.push({ field, reason });
  }

  /** What `parse` makes of a value; one that it refuses is dropped with a warning. */
  parsed<Value>(
    field: string,
    raw: string | undefined,
    parse: (value: string) => Value | undefined,
    problem: string,
  ): Value | undefined {
    const value = raw?.trim();
    if (!value) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) this.warn(field, `${problem}: ${quote(value)}`);
    return parsed;
  }
}
