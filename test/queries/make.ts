// Writes the labelled queries that `vitrine eval` reads out of the wants that were written beside them: node dist/test/queries/make.js
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoItems } from '../../src/catalogue/demo/items';
import { packageRoot } from '../../src/config';
import { grade, type WantedQuery } from './grade';

export const QUERY_FOLDER = join(packageRoot(), 'test', 'fixtures', 'queries');

/** All wants of a set, in the order of their languages' files. */
export function readWants(set: string): WantedQuery[] {
  const folder = join(QUERY_FOLDER, set);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as WantedQuery);
}

/** The labelled queries of a set, as the lines of its file. */
export function labelledLines(set: string): string {
  const items = demoItems();
  return `${readWants(set)
    .map((query) => JSON.stringify(grade(query, items)))
    .join('\n')}\n`;
}

if (require.main === module) {
  for (const set of ['validation', 'described', 'held-out'])
    writeFileSync(join(QUERY_FOLDER, `${set}.jsonl`), labelledLines(set));
}
