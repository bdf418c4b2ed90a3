import type { EvaluationReport, Point, SystemReport } from '../evaluation';
import type { DataTable, Figure } from './figure';
import { share } from './format';
import { type LineSeries, linePlot } from './line-plot';
import { type Axis, shareAxis } from './scale';

/** Up to here the ROC curve is drawn large: what is found lies there, in a catalogue that mostly doesn't match. */
const ROC_START = 0.05;

/** Points of a curve that its table shows. */
const ROWS = 11;

type Systems = EvaluationReport['systems'];

/** Recall over results, ROC and precision over recall. */
export function curvePlots({ systems }: EvaluationReport): Figure[] {
  return [recallPlot(systems), ...rocPlots(systems), precisionRecallPlot(systems)];
}

function seriesOf(
  systems: Systems,
  points: (system: SystemReport) => readonly Point[],
  note: (system: SystemReport) => string | undefined,
): LineSeries[] {
  return systems.map((system, index) => {
    const said = note(system);
    return { name: system.name, index, points: points(system), ...(said !== undefined && { note: said }) };
  });
}

function recallPlot(systems: Systems): Figure {
  const ranks = (systems[0]?.curves.recall ?? []).map((_, i) => i + 1);
  const x: Axis = {
    label: 'Results looked at (k)',
    from: 1,
    to: Math.max(2, ranks.length),
    ticks: ranks.length > 5 ? [1, ...ranks.filter((k) => k % 5 === 0)] : ranks,
    format: String,
  };
  return linePlot({
    id: 'recall',
    title: 'Recall by number of results',
    reading: 'How much of what is relevant is among the first k results. Higher and further left is better.',
    description: systems
      .map(
        ({ name, curves }) =>
          `${name}: ${share(curves.recall[0])} at 1, ${share(curves.recall.at(-1))} at ${ranks.length}.`,
      )
      .join(' '),
    x,
    y: shareAxis('Recall@k'),
    series: seriesOf(
      systems,
      ({ curves }) => curves.recall.map((value, i): Point => [i + 1, value]),
      () => undefined,
    ),
    data: {
      head: ['k', ...systems.map(({ name }) => name)],
      rows: ranks.map((k) => [k, ...systems.map(({ curves }) => share(curves.recall[k - 1]))]),
    },
  });
}

const aucOf = ({ overall }: SystemReport) => share(overall.metrics.auc?.mean);

function rocPlots(systems: Systems): Figure[] {
  const series = seriesOf(
    systems,
    ({ curves }) => curves.roc,
    (system) => `AUC ${aucOf(system)}`,
  );
  const description = systems.map((system) => `${system.name}: area ${aucOf(system)}.`).join(' ');
  const x = shareAxis('Irrelevant pairs accepted');
  const y = shareAxis('Relevant pairs accepted');
  const data = sampled(
    systems,
    ({ curves }) => curves.roc,
    'Irrelevant accepted',
    (i) => i / (ROWS - 1),
  );
  const start: Axis = {
    ...x,
    label: `${x.label} (the first ${100 * ROC_START} %)`,
    to: ROC_START,
    ticks: [0, 0.01, 0.02, 0.03, 0.04, 0.05],
    format: (value) => value.toFixed(2),
  };
  return [
    linePlot({
      id: 'roc',
      title: 'ROC curve',
      reading:
        'Over all pairs of a query and a product. The straight last stretch are pairs that were not returned: a system’s order of them is not known.',
      description,
      x,
      y,
      series,
      data,
    }),
    linePlot({
      id: 'roc-start',
      title: 'ROC curve, its beginning',
      reading: 'The same, drawn large where results are: most products match no query.',
      description,
      x: start,
      y,
      series: series.map((line) => ({ ...line, points: upTo(line.points, ROC_START) })),
      data: sampled(
        systems,
        ({ curves }) => curves.roc,
        'Irrelevant accepted',
        (i) => (ROC_START * i) / (ROWS - 1),
      ),
    }),
  ];
}

function precisionRecallPlot(systems: Systems): Figure {
  return linePlot({
    id: 'precision-recall',
    title: 'Precision and recall',
    reading:
      'How right the accepted pairs are, while the threshold falls and more of the relevant ones are among them. Higher and further right is better.',
    description: systems
      .map(({ name, curves }) => {
        const last = curves.precisionRecall.at(-1);
        return last
          ? `${name}: precision ${share(last[1])} at recall ${share(last[0])}, its furthest.`
          : `${name}: nothing returned.`;
      })
      .join(' '),
    x: shareAxis('Recall'),
    y: shareAxis('Precision'),
    series: seriesOf(
      systems,
      ({ curves }) => curves.precisionRecall,
      ({ overall }) => `F1 ${share(overall.metrics.f1?.mean)}`,
    ),
    data: sampled(
      systems,
      ({ curves }) => curves.precisionRecall,
      'Recall',
      (i) => i / (ROWS - 1),
    ),
  });
}

/** The height of a curve at x: of its first point there or further right. undefined beyond its end. */
function heightAt(points: readonly Point[], x: number): number | undefined {
  const next = points.findIndex(([px]) => px >= x);
  const [right, left] = [points[next], points[next - 1]];
  if (!right || !left || right[0] === left[0]) return right?.[1];
  return left[1] + ((right[1] - left[1]) * (x - left[0])) / (right[0] - left[0]);
}

function upTo(points: readonly Point[], x: number): Point[] {
  const height = heightAt(points, x);
  return [...points.filter(([px]) => px < x), ...(height === undefined ? [] : [[x, height] as const])];
}

function sampled(
  systems: Systems,
  points: (system: SystemReport) => readonly Point[],
  head: string,
  xOf: (row: number) => number,
): DataTable {
  return {
    head: [head, ...systems.map(({ name }) => name)],
    rows: Array.from({ length: ROWS }, (_, i) => [
      share(xOf(i)),
      ...systems.map((system) => share(heightAt(points(system), xOf(i)))),
    ]),
  };
}
