import type { Point } from '../evaluation';
import type { Figure } from './figure';
import { type Html, html } from './html';
import { type LegendEntry, legend, marker, seriesClass } from './marks';
import { type Axis, at, scaleOf } from './scale';

const WIDTH = 400;
const HEIGHT = 290;
const LEFT = 44;
const RIGHT = 388;
const TOP = 12;
const BOTTOM = 246;
/** About so many markers a line. */
const MARKERS = 5;

export interface LineSeries extends LegendEntry {
  readonly points: readonly Point[];
}

export interface LinePlot extends Pick<Figure, 'id' | 'title' | 'reading' | 'description' | 'data'> {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
}

/** Lines over two axes, one a system. */
export function linePlot({ x, y, series, ...about }: LinePlot): Figure {
  const [toX, toY] = [scaleOf(x, LEFT, RIGHT), scaleOf(y, BOTTOM, TOP)];
  const drawing = html`${axes(x, y)}${series.map(({ points, index }) => {
    const places = points.map(([px, py]): Point => [toX(px), toY(py)]);
    const path = places.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${at(px)} ${at(py)}`).join('');
    return html`<g class="${seriesClass(index)}"><path class="line" d="${path}"/>${marked(places, index)}</g>`;
  })}`;
  return { ...about, width: WIDTH, height: HEIGHT, drawing, legend: legend(series), data: about.data };
}

/** Markers at even distances along the line, each system's a little further, so that equal lines show both. */
function marked(places: readonly Point[], index: number): Html[] {
  const steps = places.map(([x, y], i) => {
    const [beforeX, beforeY] = places[i - 1] ?? [x, y];
    return Math.hypot(x - beforeX, y - beforeY);
  });
  const apart = steps.reduce((sum, step) => sum + step, 0) / MARKERS;
  let left = apart * ((index % MARKERS) / MARKERS);
  return places.flatMap(([x, y], i) => {
    left -= steps[i] ?? 0;
    if (left > 0) return [];
    left = apart;
    return [marker(index, x, y)];
  });
}

function axes(x: Axis, y: Axis): Html {
  const [toX, toY] = [scaleOf(x, LEFT, RIGHT), scaleOf(y, BOTTOM, TOP)];
  const grid = [
    ...x.ticks.map((tick) => `M${at(toX(tick))} ${TOP}V${BOTTOM}`),
    ...y.ticks.map((tick) => `M${LEFT} ${at(toY(tick))}H${RIGHT}`),
  ];
  return html`<path class="grid" d="${grid.join('')}"/><path class="axis" d="M${LEFT} ${TOP}V${BOTTOM}H${RIGHT}"/>${x.ticks.map(
    (tick) => html`<text x="${at(toX(tick))}" y="${BOTTOM + 16}" text-anchor="middle">${x.format(tick)}</text>`,
  )}${y.ticks.map(
    (tick) => html`<text x="${LEFT - 6}" y="${at(toY(tick) + 4)}" text-anchor="end">${y.format(tick)}</text>`,
  )}<text class="name" x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${x.label}</text><text class="name" transform="translate(12 ${(TOP + BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${y.label}</text>`;
}
