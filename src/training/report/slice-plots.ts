import { counted, type EvaluationReport, type Slice, type SystemReport } from '../evaluation';
import type { Figure } from './figure';
import { interval, languageName, milliseconds, share } from './format';
import { type RangeGroup, rangePlot } from './range-plot';
import { logAxis, shareAxis } from './scale';

/** nDCG@10 by language and by modality. */
export function slicePlots({ systems }: EvaluationReport): Figure[] {
  const axis = shareAxis('nDCG@10');
  const reading = 'The marker is the mean, the line its 95 % interval. Further right is better.';
  const plot = (
    { id, title, head }: { readonly id: string; readonly title: string; readonly head: string },
    slicesOf: (system: SystemReport) => Readonly<Record<string, Slice>>,
    nameOf: (key: string) => string,
  ) => {
    const keys = Object.entries(systems[0] ? slicesOf(systems[0]) : {});
    const groups = keys.map(([key, { n }]): RangeGroup => {
      const name = `${nameOf(key)} · ${counted(n, 'query', 'queries')}`;
      const rows = systems.map((system, index) => {
        const found = slicesOf(system)[key]?.metrics['ndcg@10'];
        const range = found ? { value: found.mean, low: found.low, high: found.high } : undefined;
        return { label: system.name, index, range, text: share(found?.mean) };
      });
      return { name, rows };
    });
    return rangePlot({
      id,
      title,
      reading,
      description: groups
        .map(({ name, rows }) => `${name}: ${rows.map(({ label, text }) => `${label} ${text}`).join(', ')}.`)
        .join(' '),
      axis,
      groups,
      data: {
        head: [head, 'Queries', ...systems.map(({ name }) => name)],
        rows: keys.map(([key, { n }]) => [
          nameOf(key),
          n,
          ...systems.map((system) => interval(slicesOf(system)[key]?.metrics['ndcg@10'])),
        ]),
      },
    });
  };
  return [
    plot(
      { id: 'languages', title: 'nDCG@10 by language', head: 'Language' },
      ({ byLanguage }) => byLanguage,
      languageName,
    ),
    plot(
      { id: 'modalities', title: 'nDCG@10 by modality', head: 'Modality' },
      ({ byModality }) => byModality,
      (key) => key,
    ),
  ];
}

/** How long each step takes. */
export function latencyPlot({ systems }: EvaluationReport): Figure {
  const all = systems.flatMap(({ latency }) => Object.values(latency).flatMap(({ p50, p95 }) => [p50, p95]));
  const groups = systems.map(
    ({ name, latency }, index): RangeGroup => ({
      name,
      rows: Object.entries(latency).map(([label, { p50, p95 }]) => ({
        label,
        index,
        range: { value: p50, low: p50, high: p95 },
        text: `${milliseconds(p50)} / ${milliseconds(p95)}`,
      })),
    }),
  );
  return rangePlot({
    id: 'latency',
    title: 'Time per query and step',
    reading:
      'The marker is the median (p50), the end of its line the time that 95 of 100 queries stay below (p95). Each step to the right is ten times as long. One query after the other, on the machine named below, beside whatever else ran there.',
    description: groups
      .map(({ name, rows }) => `${name}: ${rows.map(({ label, text }) => `${label} ${text} ms`).join(', ')}.`)
      .join(' '),
    axis: logAxis('Milliseconds', all),
    groups,
    data: {
      head: ['System', 'Step', 'Queries', 'p50 (ms)', 'p95 (ms)'],
      rows: systems.flatMap(({ name, latency }) =>
        Object.entries(latency).map(([step, { n, p50, p95 }]) => [name, step, n, p50.toFixed(2), p95.toFixed(2)]),
      ),
    },
  });
}
