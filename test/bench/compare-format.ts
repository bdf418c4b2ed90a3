import { formatInterval, formatTable } from '../../src/training';
import type { ComparisonReport, ComparisonSlice, Difference } from './compare';

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

function formatDifference({ difference, low, high }: Difference): string {
  return `${signed(difference)} [${signed(low)}, ${signed(high)}]`;
}

/** A comparison for a terminal: plain text, at most 110 columns. */
export function formatComparison(report: ComparisonReport): string {
  const [vitrine = '', ...others] = report.systems;
  const slices: [string, ComparisonSlice][] = [...Object.entries(report.byLanguage), ['all', report.overall]];
  const scores = slices.map(([name, { n, ndcg }]) => [
    name,
    String(n),
    ...report.systems.map((system) => formatInterval(ndcg[system])),
  ]);
  const differences = slices.flatMap(([name, slice]) =>
    others.flatMap((other) => {
      const found = slice.differences[other];
      if (!found) return [];
      return [[name, other, formatDifference(found), found.pValue.toFixed(3), found.above ? 'yes' : 'no']];
    }),
  );
  const settings = Object.entries(report.settings).flatMap(([name, { overall, byLanguage, tunedOn, tried }]) => [
    `${name}: best of ${tried} settings on ${tunedOn} validation queries`,
    ...[['all', overall] as const, ...Object.entries(byLanguage)].map(
      ([language, chosen]) =>
        `  ${language}: ${Object.entries(chosen)
          .map(([key, value]) => `${key} ${value}`)
          .join(', ')}`,
    ),
  ]);
  const { notText, unknown, validation } = report.leftOut;
  return `${[
    `nDCG@10 with 95 % intervals, ${report.overall.n} text queries`,
    formatTable([['language', 'n', ...report.systems], ...scores]),
    `${vitrine} minus the other, paired bootstrap (p: share of resamples at or below zero)`,
    formatTable([['language', 'other', 'difference', 'p', 'above 0'], ...differences]),
    settings.join('\n'),
    `Left out: ${notText} not text only, ${unknown} without a known product, ${validation} of the validation queries`,
  ].join('\n\n')}\n`;
}
