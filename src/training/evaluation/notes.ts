import type { EvaluationReport } from './report';

/** What a reader must know of how the numbers were made, in sentences; the same on the terminal and on the page. */
export function methodOf({ thresholdFrom }: EvaluationReport): string {
  const how = thresholdFrom === 'validation' ? 'chosen on validation queries' : 'by two-fold cross-fitting';
  return `prec, rec and F1 at a score threshold ${how}; intervals are 95 % (bootstrap over queries).`;
}

/** What is wrong with the queries of a report, in sentences; [] where nothing is. */
export function warningsOf({ warnings }: EvaluationReport): string[] {
  const { unknown, validationLeftOut } = warnings;
  const lines: string[] = [];
  if (unknown.labels > 0) {
    lines.push(`${unknown.labels} labels name ${unknown.products} products that the catalogue lacks.`);
  }
  if (unknown.queriesLeftOut > 0) {
    lines.push(`${unknown.queriesLeftOut} queries were left out: no known product is relevant to them.`);
  }
  if (validationLeftOut > 0) {
    lines.push(`${validationLeftOut} validation queries were left out: also tested, or no known product.`);
  }
  return lines;
}
