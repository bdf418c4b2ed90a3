import { type Confusion, type ConfusionRow, counted } from '../evaluation';
import type { Figure } from './figure';
import { matrixPlot } from './matrix-plot';

const RIGHTLY = 'another, rightly';
const REST = 'all other kinds';

/** Columns beside the kinds. */
const OTHERS: readonly (readonly [name: string, count: (row: ConfusionRow) => number])[] = [
  [RIGHTLY, ({ restRight }) => restRight],
  ['another, wrongly', ({ restWrong }) => restWrong],
  ['kind unknown', ({ unknownKind }) => unknownKind],
  ['nothing found', ({ nothing }) => nothing],
];

/** Asked kind by the kind of the first result. Columns in which nothing is are left out. */
export function confusionPlot(system: string, index: number, { n, right, kinds, rows }: Confusion): Figure {
  const others = OTHERS.filter(([, count]) => rows.some((row) => count(row) > 0));
  const columns = [...kinds, ...others.map(([name]) => name)];
  const cells = rows.map((row, i) => ({
    name: kinds[i] ?? REST,
    counts: [...row.found, ...others.map(([, count]) => count(row))],
    right: new Set(columns.flatMap((name, at) => ((i < kinds.length ? at === i : name === RIGHTLY) ? [at] : []))),
  }));
  // Where every kind is shown, there is no rest.
  const shown = cells.filter(({ counts }, i) => i < kinds.length || counts.some((count) => count > 0));
  const sums = `The first result is of the kind that was asked for ${right} of ${counted(n, 'time')}.`;
  return matrixPlot({
    id: `confusion-${index}`,
    title: `${system}: kinds taken for others`,
    reading: `${sums} Rows: the kind asked for. Columns: the kind of the first result. Cells with a frame are right. ${
      kinds.length === 0
        ? 'No kind was taken for another.'
        : 'The kinds confused most often are named, the rest is pooled.'
    }`,
    description: `${sums} ${cells
      .flatMap(({ name, counts, right: wished }) =>
        counts.flatMap((count, i) => (count > 0 && !wished.has(i) ? [`${name} as ${columns[i]}: ${count}.`] : [])),
      )
      .join(' ')}`,
    columns,
    rows: shown,
    data: { head: ['Asked for', ...columns], rows: shown.map(({ name, counts }) => [name, ...counts]) },
  });
}
