import type { Figure } from './figure';
import { shortened } from './format';
import { type Html, html } from './html';
import { at } from './scale';

const WIDTH = 400;
const LEFT = 118;
/** Room for the heads of the last columns, which lean over. */
const RIGHT = 56;
const TOP = 104;
const LONGEST = 17;

export interface MatrixPlot extends Pick<Figure, 'id' | 'title' | 'reading' | 'description' | 'data'> {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** One a column. */
    readonly counts: readonly number[];
    /** Columns where a count is what was wished for. */
    readonly right: ReadonlySet<number>;
  }[];
}

/** Counts in cells, the stronger coloured the more; what was wished for has a frame. */
export function matrixPlot({ columns, rows, ...about }: MatrixPlot): Figure {
  const size = Math.min(30, (WIDTH - LEFT - RIGHT) / Math.max(1, columns.length));
  // Rightly found ones are so many that beside them no other count would be seen.
  const most = (isRight: boolean) =>
    rows
      .flatMap(({ counts, right }) => counts.filter((_, i) => right.has(i) === isRight))
      .reduce((high, count) => Math.max(high, count), 1);
  const highest = { right: most(true), wrong: most(false) };
  const heads = columns.map((name, i) => {
    const x = at(LEFT + (i + 0.5) * size + 4);
    return html`<text transform="translate(${x} ${TOP - 6}) rotate(-60)">${shortened(name, LONGEST)}</text>`;
  });
  const body = rows.map(({ name, counts, right }, row) => {
    const y = TOP + row * size;
    const label = html`<text x="${LEFT - 6}" y="${at(y + size / 2 + 4)}" text-anchor="end">${shortened(name, LONGEST)}</text>`;
    return html`${label}${counts.map((count, i) => cell({ x: LEFT + i * size, y, size }, count, right.has(i) ? 'right' : 'wrong', highest))}`;
  });
  return { ...about, width: WIDTH, height: at(TOP + rows.length * size + 6), drawing: html`${heads}${body}` };
}

function cell(
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
  count: number,
  kind: 'right' | 'wrong',
  highest: Readonly<Record<'right' | 'wrong', number>>,
): Html {
  // Never so dark that the number in it is hard to read, never so light that a single one isn't seen.
  const strength = count === 0 ? 0 : 0.08 + 0.37 * (count / highest[kind]);
  const box = html`<rect class="cell ${kind}" x="${at(x + 1)}" y="${at(y + 1)}" width="${at(size - 2)}" height="${at(size - 2)}" rx="2" fill-opacity="${strength.toFixed(2)}"/>`;
  if (count === 0) return box;
  return html`${box}<text x="${at(x + size / 2)}" y="${at(y + size / 2 + 4)}" text-anchor="middle">${count}</text>`;
}
