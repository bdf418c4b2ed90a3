import type { Figure } from './figure';
import { shortened } from './format';
import { type Html, html } from './html';
import { at } from './scale';

const WIDTH = 400;
const LEFT = 118;
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

/** Counts in cells, the darker the more; what was wished for has a frame. */
export function matrixPlot({ columns, rows, ...about }: MatrixPlot): Figure {
  const size = Math.min(30, (WIDTH - LEFT - 4) / Math.max(1, columns.length));
  const most = rows.flatMap(({ counts }) => counts).reduce((high, count) => Math.max(high, count), 1);
  const heads = columns.map((name, i) => {
    const x = at(LEFT + (i + 0.5) * size + 4);
    return html`<text transform="translate(${x} ${TOP - 6}) rotate(-60)">${shortened(name, LONGEST)}</text>`;
  });
  const body = rows.map(({ name, counts, right }, row) => {
    const y = TOP + row * size;
    const label = html`<text x="${LEFT - 6}" y="${at(y + size / 2 + 4)}" text-anchor="end">${shortened(name, LONGEST)}</text>`;
    return html`${label}${counts.map((count, i) => cell({ x: LEFT + i * size, y, size }, count, { most, right: right.has(i) }))}`;
  });
  return { ...about, width: WIDTH, height: at(TOP + rows.length * size + 6), drawing: html`${heads}${body}` };
}

function cell(
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
  count: number,
  { most, right }: { readonly most: number; readonly right: boolean },
): Html {
  // Never so dark that the number in it is hard to read, never so light that a single one isn't seen.
  const strength = count === 0 ? 0 : 0.08 + 0.37 * (count / most);
  const kind = right ? 'right' : 'wrong';
  const box = html`<rect class="cell ${kind}" x="${at(x + 1)}" y="${at(y + 1)}" width="${at(size - 2)}" height="${at(size - 2)}" rx="2" fill-opacity="${strength.toFixed(2)}"/>`;
  if (count === 0) return box;
  return html`${box}<text x="${at(x + size / 2)}" y="${at(y + size / 2 + 4)}" text-anchor="middle">${count}</text>`;
}
