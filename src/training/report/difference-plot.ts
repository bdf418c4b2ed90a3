import type { EvaluationReport, PairedDifference } from '../evaluation';
import type { Figure } from './figure';
import { languageName, NONE, signed } from './format';
import { rangePlot } from './range-plot';
import { differenceAxis } from './scale';

const cell = (found: PairedDifference | undefined) =>
  found ? `${signed(found.difference)} (${signed(found.low)} to ${signed(found.high)})` : NONE;

/** How far the first system is above each other one; undefined where there is no other one. */
export function differencePlot({ systems, differences }: EvaluationReport): Figure | undefined {
  const first = systems[0]?.name ?? '';
  const [one] = differences;
  if (!one) return undefined;
  const all = differences.flatMap(({ overall }) => [overall.low, overall.high, overall.difference]);
  const [modalities, languages] = [Object.keys(one.byModality), Object.keys(one.byLanguage)];
  return rangePlot({
    id: 'difference',
    title: `${first} minus the others, nDCG@10`,
    reading: `Each line is the 95 % interval of the mean difference over the same queries: right of 0 ${first} is better, and a line that doesn’t touch 0 is more than the luck of which queries were asked.`,
    description: differences.map(({ minus, overall }) => `${first} minus ${minus}: ${cell(overall)}.`).join(' '),
    axis: differenceAxis('Difference in nDCG@10', all),
    groups: [
      {
        name: `${first} minus …`,
        rows: differences.map(({ minus, overall }, i) => ({
          label: minus,
          index: i + 1,
          range: { value: overall.difference, low: overall.low, high: overall.high },
          text: signed(overall.difference),
        })),
      },
    ],
    data: {
      head: [
        `${first} minus`,
        'All',
        'p (one-sided)',
        ...(modalities.length > 1 ? ['Mean of modalities', ...modalities] : []),
        ...(languages.length > 1 ? languages.map(languageName) : []),
      ],
      rows: differences.map(({ minus, overall, overModalities, byModality, byLanguage }) => [
        minus,
        cell(overall),
        overall.pValue.toFixed(3),
        ...(modalities.length > 1 ? [cell(overModalities), ...modalities.map((name) => cell(byModality[name]))] : []),
        ...(languages.length > 1 ? languages.map((name) => cell(byLanguage[name])) : []),
      ]),
    },
  });
}
