import type { Interval, PairedDifference } from './bootstrap';
import { methodOf, warningsOf } from './notes';
import { type EvaluationReport, METRICS, type MetricName, type Slice } from './report';

/** Widest line of a report, in columns. */
export const REPORT_WIDTH = 110;

const HEADINGS: Readonly<Record<MetricName, string>> = {
  'recall@1': 'R@1',
  'recall@5': 'R@5',
  'recall@10': 'R@10',
  mrr: 'MRR',
  'ndcg@10': 'nDCG@10',
  'judged@10': 'jdg@10',
  'accuracy@1': 'acc@1',
  'right@1': 'rgt@1',
  'right@5': 'rgt@5',
  precision: 'prec',
  recall: 'rec',
  f1: 'F1',
  auc: 'AUC',
};

/** One line of at most `width` characters; names come from files, so control characters are taken out. */
function cell(text: string, width: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, '');
  return clean.length > width ? `${clean.slice(0, width - 1)}…` : clean;
}

/** An aligned table; the first column to the left, the others to the right. No column is wider than `widest`. */
export function formatTable(rows: readonly (readonly string[])[], widest = 24): string {
  const cells = rows.map((row) => row.map((text) => cell(text, widest)));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [i, text] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, text.length);
  }
  const line = (row: readonly string[]) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[i] ?? 0))).join('  ');
  return cells.map((row) => line(row).trimEnd()).join('\n');
}

/** Widest name of a system beside all metrics. */
const WIDEST_NAME = 16;
/** Systems with intervals that fit the width. */
const SIDE_BY_SIDE = 3;

const share = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(3));

/** `0.512 [0.480, 0.544]`, or a dash. */
export function formatInterval(interval: Interval | null | undefined): string {
  return interval ? `${share(interval.mean)} [${share(interval.low)}, ${share(interval.high)}]` : '–';
}

/** nDCG@10 of every system by key, as many systems side by side as fit. */
function slicesTable(
  heading: string,
  systems: readonly { readonly name: string; readonly slices: Readonly<Record<string, Slice>> }[],
): string {
  const tables: string[] = [];
  for (let start = 0; start < systems.length; start += SIDE_BY_SIDE) {
    const shown = systems.slice(start, start + SIDE_BY_SIDE);
    const counts = new Map(Object.entries(shown[0]?.slices ?? {}).map(([key, { n }]) => [key, n]));
    const rows = [...counts].map(([key, n]) => [
      key,
      String(n),
      ...shown.map(({ slices }) => formatInterval(slices[key]?.metrics['ndcg@10'])),
    ]);
    tables.push(formatTable([[heading, 'n', ...shown.map(({ name }) => name)], ...rows]));
  }
  return tables.join('\n\n');
}

/** How far the first system is above each other one, as many side by side as fit. */
function differencesTable({ differences, systems }: EvaluationReport): string {
  const cell = (found: PairedDifference | undefined) =>
    found ? `${signed(found.difference)} [${signed(found.low)}, ${signed(found.high)}]` : '–';
  const languages = Object.keys(differences[0]?.byLanguage ?? {});
  const modalities = Object.keys(differences[0]?.byModality ?? {}).length;
  const tables: string[] = [];
  for (let start = 0; start < differences.length; start += SIDE_BY_SIDE) {
    const shown = differences.slice(start, start + SIDE_BY_SIDE);
    tables.push(
      formatTable([
        [`${systems[0]?.name} minus`, ...shown.map(({ minus }) => minus)],
        ['all', ...shown.map(({ overall }) => cell(overall))],
        ...(modalities > 1 ? [['mean of modalities', ...shown.map(({ overModalities }) => cell(overModalities))]] : []),
        ...languages.map((language) => [language, ...shown.map(({ byLanguage }) => cell(byLanguage[language]))]),
      ]),
    );
  }
  return tables.join('\n\n');
}

const signed = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(3);

const notes = (report: EvaluationReport) => [methodOf(report), ...warningsOf(report).map((line) => `Warning: ${line}`)];

/** A report for a terminal: plain text, aligned, at most 110 columns. */
export function formatReport(report: EvaluationReport): string {
  const { systems } = report;
  const overall = [
    ['system', ...METRICS.map((name) => HEADINGS[name])],
    ...systems.map(({ name, overall }) => [name, ...METRICS.map((metric) => share(overall.metrics[metric]?.mean))]),
  ];
  const parts = [
    `${report.queries} queries, ${report.products} products in ${report.groups} groups, first ${report.k} results`,
    formatTable(overall, WIDEST_NAME),
    'nDCG@10 by language',
    slicesTable(
      'language',
      systems.map(({ name, byLanguage }) => ({ name, slices: byLanguage })),
    ),
  ];
  if (Object.keys(systems[0]?.byModality ?? {}).length > 1) {
    parts.push(
      'nDCG@10 by modality',
      slicesTable(
        'modality',
        systems.map(({ name, byModality }) => ({ name, slices: byModality })),
      ),
    );
  }
  if (report.differences.length > 0) {
    parts.push('nDCG@10, paired by query', differencesTable(report));
  }
  const steps = systems.flatMap(({ name, latency }) =>
    Object.entries(latency).map(([step, { p50, p95 }]) => [name, step, p50.toFixed(1), p95.toFixed(1)]),
  );
  parts.push('Latency in ms', formatTable([['system', 'step', 'p50', 'p95'], ...steps]), notes(report).join('\n'));
  return `${parts.join('\n\n')}\n`;
}
