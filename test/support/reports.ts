import type { Product } from '../../src/domain';
import { type EvaluationReport, evaluate, type LabelledQuery, type RunDetails } from '../../src/training';
import { inOrder, product, query, scripted } from '../training/fixtures';

export const HOSTILE = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">'"&\u202e`;

export const RUN: RunDetails = {
  date: '2026-02-03T04:05:06.000Z',
  version: '1.2.3',
  command: `vitrine eval --catalogue '${HOSTILE}'`,
  files: { catalogue: HOSTILE, queries: 'queries.jsonl', validation: 'validation.jsonl' },
  machine: { cpu: 'A fast one', cores: 4, node: '20.20.0' },
};

/** A report in which every name that comes from outside is hostile. */
export function hostileReport(): Promise<EvaluationReport> {
  const products: Product[] = [product(HOSTILE, { title: HOSTILE }), product('b'), product('c'), product('d')];
  const queries: LabelledQuery[] = [
    query('one', { [HOSTILE]: 1, 'gone<script>': 2 }, HOSTILE),
    query('two', { b: 2 }, 'de-AT'),
    { ...query('three', { c: 1 }, 'tlh'), modality: HOSTILE },
    { text: 'four', modality: 'composed', relevant: new Map([['d', 1]]) },
  ];
  const good = scripted(HOSTILE, {
    one: inOrder(HOSTILE, 'b'),
    two: inOrder('b', 'c'),
    three: inOrder('d', 'c'),
    four: inOrder('d'),
  });
  const fair = scripted('fair', { one: inOrder('b', HOSTILE), two: inOrder('c', 'b'), three: inOrder('c'), four: [] });
  const none = scripted('none', { one: [], two: [], three: [], four: [] });
  return evaluate({
    systems: [{ ...good, about: HOSTILE }, fair, none],
    queries,
    products,
    seed: 1,
    kindOf: ({ id }) => (id === 'b' ? HOSTILE : `kind ${id.slice(0, 1)}`),
  });
}
