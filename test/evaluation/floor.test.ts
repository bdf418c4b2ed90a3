import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vitrineSystem } from '../../src/cli/eval';
import { LANGUAGES } from '../../src/domain';
import { evaluate, readLabelledQueries } from '../../src/training';
import { labelledLines, QUERY_FOLDER, readWants } from '../queries/make';
import { demoApp } from '../support/data-dir';

/** nDCG@10 below which a language must not fall; a little under what was measured. */
const FLOORS = {
  validation: 0.93,
  'held-out': 0.5,
} as const;

describe.each(['validation', 'held-out'] as const)('%s queries', (set) => {
  it('hold at least 50 a language, graded by the rules', () => {
    const wants = readWants(set);
    for (const language of LANGUAGES)
      expect(wants.filter((query) => query.lang === language).length).toBeGreaterThanOrEqual(50);
    expect(readFileSync(join(QUERY_FOLDER, `${set}.jsonl`), 'utf8')).toBe(labelledLines(set));
  });

  it('are answered well in every language', async () => {
    const app = demoApp();
    try {
      const products = [...app.products.batches(1_000)].flat();
      const queries = readLabelledQueries(join(QUERY_FOLDER, `${set}.jsonl`));
      const { systems } = await evaluate({ systems: [vitrineSystem(app)], queries, products, seed: 1, k: 10 });
      const byLanguage = systems[0]?.byLanguage ?? {};
      const low = LANGUAGES.filter((language) => (byLanguage[language]?.metrics['ndcg@10']?.mean ?? 0) < FLOORS[set]);
      expect(low).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
