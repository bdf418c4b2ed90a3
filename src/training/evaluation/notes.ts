import type { EvaluationReport } from './report';

/** `3 queries`, `1 query`. */
export const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** What a reader must know of how the numbers were made, in sentences; the same on the terminal and on the page. */
export function methodOf({ thresholdFrom, simulated }: EvaluationReport): string {
  const how = thresholdFrom === 'validation' ? 'chosen on validation queries' : 'by two-fold cross-fitting';
  const shoppers =
    simulated > 0
      ? ` The shoppers of ${counted(simulated, 'query', 'queries')}, and what they liked, are simulated.`
      : '';
  return `Precision, recall, F1 at a threshold ${how}; 95 % intervals by bootstrap over queries.${shoppers}`;
}

/** What is wrong with the queries of a report, in sentences; [] where nothing is. */
export function warningsOf({ warnings }: EvaluationReport): string[] {
  const { unknown, validationLeftOut } = warnings;
  const lines: string[] = [];
  if (unknown.labels > 0) {
    lines.push(
      `${counted(unknown.labels, 'label')} of ${counted(unknown.products, 'product')} that the catalogue lacks.`,
    );
  }
  if (unknown.queriesLeftOut > 0) {
    lines.push(
      `Left out, as no known product is relevant to them: ${counted(unknown.queriesLeftOut, 'query', 'queries')}.`,
    );
  }
  if (validationLeftOut > 0) {
    lines.push(
      `Left out, as also tested or without known products: ${counted(validationLeftOut, 'validation query', 'validation queries')}.`,
    );
  }
  return lines;
}
