/** A string literal of the index's filter language; a quote inside is doubled, so no value can end it. */
export function quote(value: string): string {
  return `'${value.replace(/\0/g, '').replace(/'/g, "''")}'`;
}

/** A list literal of strings. */
export function quoteList(values: readonly string[]): string {
  return `[${values.map(quote).join(', ')}]`;
}
