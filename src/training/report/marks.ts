import { type Html, html } from './html';
import { at } from './scale';

/** Different shapes, so that systems are told apart without colour; each within 4.5 of the middle. */
const SHAPES = [
  'M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0',
  'M-3.2-3.2h6.4v6.4h-6.4z',
  'M0-4.2L4.2 3.2H-4.2z',
  'M0-4.5L4.5 0L0 4.5L-4.5 0z',
  'M0 4.2L4.2-3.2H-4.2z',
  'M-4-2.5L-2.5-4L0-1.5L2.5-4L4-2.5L1.5 0L4 2.5L2.5 4L0 1.5L-2.5 4L-4 2.5L-1.5 0z',
  'M-1.3-4.2h2.6v2.9h2.9v2.6h-2.9v2.9h-2.6v-2.9h-2.9v-2.6h2.9z',
  'M-4.2 0L-2.1-3.6H2.1L4.2 0L2.1 3.6H-2.1z',
];

/** The class that gives the system at `index` its colour and its line. */
export const seriesClass = (index: number) => `s${index % SHAPES.length}`;

export function marker(index: number, x: number, y: number): Html {
  const shape = SHAPES[index % SHAPES.length] ?? '';
  return html`<path class="mark" d="${shape}" transform="translate(${at(x)} ${at(y)})"/>`;
}

export interface LegendEntry {
  readonly name: string;
  readonly index: number;
  /** A figure that sums the line up. */
  readonly note?: string;
}

/** What belongs to whom: colour, line and shape beside each name. */
export function legend(entries: readonly LegendEntry[]): Html {
  return html`<ul class="legend">${entries.map(
    ({ name, index, note }) =>
      html`<li><svg class="${seriesClass(index)}" width="34" height="12" viewBox="-17 -6 34 12" aria-hidden="true"><path class="line" d="M-16 0H16"/>${marker(index, 0, 0)}</svg>${name}${note === undefined ? undefined : html` <span class="note">${note}</span>`}</li>`,
  )}</ul>`;
}
