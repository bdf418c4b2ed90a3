import type { Figure } from './figure';
import { shortened } from './format';
import { type Html, html } from './html';
import { marker, seriesClass } from './marks';
import { type Axis, at, scaleOf } from './scale';

const WIDTH = 400;
const ROW = 17;
const HEADING = 24;
const TOP = 8;
const LONGEST = 18;
/** Room of a letter of a label. */
const LETTER = 6.9;
/** Taller plots say their scale at the top, too. */
const TALL = 330;

export interface RangeRow {
  readonly label: string;
  /** Of the system whose colour and shape it takes. */
  readonly index: number;
  /** Where the marker is, and the ends of its line; undefined where there is no value. */
  readonly range: { readonly value: number; readonly low: number; readonly high: number } | undefined;
  /** The value, in words. */
  readonly text: string;
}

export interface RangeGroup {
  readonly name: string;
  readonly rows: readonly RangeRow[];
}

export interface RangePlot extends Pick<Figure, 'id' | 'title' | 'reading' | 'description' | 'data'> {
  readonly axis: Axis;
  readonly groups: readonly RangeGroup[];
}

/** Markers with lines along one axis, a row each, in groups; every row is named, and says its value at the right. */
export function rangePlot({ axis, groups, ...about }: RangePlot): Figure {
  const rows = groups.flatMap((group) => group.rows);
  const longest = (texts: readonly string[]) => texts.reduce((most, { length }) => Math.max(most, length), 0);
  const left = 14 + LETTER * Math.min(LONGEST, longest(rows.map(({ label }) => label)));
  const right = WIDTH - 12 - LETTER * longest(rows.map(({ text }) => text));
  const toX = scaleOf(axis, left, right);
  const lines = groups.length * HEADING + rows.length * ROW;
  const top = lines > TALL ? TOP + 16 : TOP;
  let y = top;
  const drawn = groups.map(({ name, rows: members }) => {
    y += HEADING;
    const heading = html`<text class="group" x="2" y="${y - 7}">${shortened(name, 44)}</text>`;
    return html`${heading}${members.map((row) => {
      y += ROW;
      return drawnRow(row, toX, { left, y: y - ROW / 2 });
    })}`;
  });
  const bottom = y + 4;
  const grid = axis.ticks.map((tick) => `M${at(toX(tick))} ${top}V${bottom}`).join('');
  const zero = axis.from < 0 ? html`<path class="axis" d="M${at(toX(0))} ${top}V${bottom}"/>` : undefined;
  const ticksAt = (height: number) =>
    axis.ticks.map(
      (tick) => html`<text x="${at(toX(tick))}" y="${height}" text-anchor="middle">${axis.format(tick)}</text>`,
    );
  const ticks = [ticksAt(bottom + 15), top > TOP ? ticksAt(TOP + 8) : []];
  const drawing = html`<path class="grid" d="${grid}"/>${zero}<path class="axis" d="M${at(left)} ${bottom}H${at(right)}"/>${ticks}<text class="name" x="${at((left + right) / 2)}" y="${bottom + 33}" text-anchor="middle">${axis.label}</text>${drawn}`;
  return { ...about, width: WIDTH, height: bottom + 40, drawing };
}

function drawnRow(
  { label, index, range, text }: RangeRow,
  toX: (value: number) => number,
  { left, y }: { readonly left: number; readonly y: number },
): Html {
  const mark =
    range &&
    html`<path class="span" d="M${at(toX(range.low))} ${at(y)}H${at(toX(range.high))}M${at(toX(range.low))} ${at(y - 3)}v6M${at(toX(range.high))} ${at(y - 3)}v6"/>${marker(index, toX(range.value), y)}`;
  return html`<g class="${seriesClass(index)}"><text x="${at(left - 8)}" y="${at(y + 4)}" text-anchor="end">${shortened(label, LONGEST)}</text>${mark}<text x="${WIDTH - 2}" y="${at(y + 4)}" text-anchor="end">${text}</text></g>`;
}
