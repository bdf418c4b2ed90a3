import { counted, type EvaluationReport, METRICS, type MetricName, type Slice } from '../evaluation';
import { scrollable } from './figure';
import { NONE, share } from './format';
import { type Html, html } from './html';

/** Columns in their order: what a system is judged by, then how much of what it found has a label at all. */
const COLUMNS: readonly MetricName[] = [...METRICS.filter((name) => name !== 'judged@10'), 'judged@10'];

const HEADS: Readonly<Record<MetricName, string>> = {
  'recall@1': 'Recall@1',
  'recall@5': 'Recall@5',
  'recall@10': 'Recall@10',
  mrr: 'MRR',
  'ndcg@10': 'nDCG@10',
  'accuracy@1': 'Accuracy',
  'right@1': 'Right@1',
  'right@5': 'Right@5',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  auc: 'ROC-AUC',
  'judged@10': 'Judged@10',
};

const MEANINGS: readonly (readonly [name: string, meaning: string])[] = [
  ['Recall@k', 'relevant items among the first k results, of as many as could be there; the mean over the queries'],
  ['MRR', '1 / rank of the first relevant result; the mean'],
  ['nDCG@10', 'how near the first ten are to the best order there is, by graded relevance; the mean'],
  ['Accuracy', 'share of queries whose first result is relevant'],
  [
    'Right@k',
    'share of queries with one of the products that answer them best, in the right variant, among the first k results',
  ],
  [
    'Precision, recall, F1',
    'over all pairs of a query and a product, those whose score lies at or above the threshold being accepted',
  ],
  ['ROC-AUC', 'the chance that a relevant pair scores above one that is not'],
  ['Judged@10', 'share of the first ten that have a label at all; no quality, but how far the others can be trusted'],
];

interface NamedSlice {
  readonly name: string;
  readonly slice: Slice | undefined;
}

/** A table of all queries and one for each modality, where there are several. */
export function scoreTables({ systems }: EvaluationReport): Html {
  const modalities = Object.keys(systems[0]?.byModality ?? {});
  const whole = systems.map(({ name, overall }) => ({ name, slice: overall }));
  const parts = modalities.map((modality) => ({
    modality,
    rows: systems.map(({ name, byModality }) => ({ name, slice: byModality[modality] })),
  }));
  const alone = modalities.length === 1 ? `, all ${modalities[0]}` : '';
  return html`${scoreTable(`All queries${alone}`, whole)}${parts.length > 1 ? parts.map(({ modality, rows }) => scoreTable(modality, rows)) : undefined}
<p class="hint"><span class="star" aria-hidden="true">★</span> marks the best of a column; small numbers are the 95 % interval.</p>
<details><summary>What the columns mean</summary><dl>${MEANINGS.map(([name, meaning]) => html`<dt>${name}</dt><dd>${meaning}</dd>`)}</dl></details>`;
}

function scoreTable(title: string, rows: readonly NamedSlice[]): Html {
  const n = rows[0]?.slice?.n ?? 0;
  const best = new Map(COLUMNS.map((column) => [column, bestOf(rows, column)]));
  const table = html`<table class="scores"><caption>${title} <span class="note">${counted(n, 'query', 'queries')}</span></caption>
<thead><tr><th scope="col">System</th>${COLUMNS.map((column) => html`<th scope="col">${HEADS[column]}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ name, slice }, i) =>
      html`<tr><th scope="row" data-value="${i}">${name}</th>${COLUMNS.map((column) => scoreCell(slice, column, best.get(column)))}</tr>
`,
  )}</tbody></table>`;
  return scrollable(`Scores: ${title}`, table);
}

function scoreCell(slice: Slice | undefined, column: MetricName, best: string | undefined): Html {
  const found = slice?.metrics[column];
  if (!found) return html`<td data-value="">${NONE}</td>`;
  const { mean, low, high } = found;
  const value =
    share(mean) === best
      ? html`<strong><span class="star" aria-hidden="true">★</span>${share(mean)}<span class="unseen"> best</span></strong>`
      : share(mean);
  return html`<td data-value="${mean}">${value}<span class="interval">${share(low)}–${share(high)}</span></td>`;
}

/** The highest mean of a column as it is shown; undefined where there is nothing to compare, or nobody is better. */
function bestOf(rows: readonly NamedSlice[], column: MetricName): string | undefined {
  if (column === 'judged@10') return undefined;
  const means = rows.flatMap(({ slice }) => slice?.metrics[column]?.mean ?? []);
  const best = means.reduce((high, mean) => Math.max(high, mean), -Infinity);
  return means.some((mean) => share(mean) !== share(best)) ? share(best) : undefined;
}
