import { EvaluationRandom, estimatePropensities, type ObservedPage } from '../../../src/training';

const CURVE = [1, 0.5, 0.33, 0.25, 0.2];

/**
 * Pages whose shoppers click what is right where they look. Scores say how right products are, but only beside others of the
 * page: queries differ in how high their scores are. The ranking puts what is right first, so that a good place has good
 * products.
 */
function pages(count: number, looks: readonly number[], seed: number): ObservedPage[] {
  const random = new EvaluationRandom(`pages/${seed}`);
  return Array.from({ length: count }, () => {
    const level = random.next();
    const steepness = 0.5 * random.next() ** 2;
    const right = looks.map(() => 0.9 * (1 - steepness * random.next())).sort((a, b) => b - a);
    const places = right.map((value, i) => ({
      place: i + 1,
      score: level + value,
      clicked: random.next() < (looks[i] ?? 0) * value * value,
    }));
    return { scale: 'words', places };
  });
}

const clickRates = (shown: readonly ObservedPage[]) =>
  CURVE.map((_, i) => shown.filter(({ places }) => places[i]?.clicked).length / shown.length);

test.each([
  ['a curve', CURVE],
  ['no curve', [1, 0.95, 0.9, 0.2, 0.15]],
])('finds how often places are looked at, where it is %s, beside what the ranking does', (_name, looks) => {
  const shown = pages(6_000, looks, 1);
  const found = estimatePropensities(shown);
  const rates = clickRates(shown);
  const naive = rates.map((rate) => rate / (rates[0] ?? 1));
  expect(found).toHaveLength(looks.length);
  for (const [i, look] of looks.entries()) expect(Math.abs((found[i] ?? 0) - look)).toBeLessThan(0.08);
  const off = (values: readonly number[]) => Math.hypot(...looks.map((look, i) => (values[i] ?? 0) - look));
  expect(off(found)).toBeLessThan(off(naive) / 2);
});

test('follows a curve where a place has few clicks, and finds none where places are alike', () => {
  const few = estimatePropensities(pages(150, CURVE, 2));
  expect(few[0]).toBe(1);
  for (const value of few.slice(1)) expect(value).toBeGreaterThan(0.05);
  const [first, second, ...rest] = estimatePropensities(pages(4_000, [1, 1, 1, 1], 3));
  for (const value of [first, second, ...rest]) expect(value).toBeGreaterThan(0.9);
  expect(Math.max(...few, ...rest)).toBeLessThanOrEqual(1);
});

test('makes nothing of no pages, and takes places without clicks for what they are', () => {
  expect(estimatePropensities([])).toEqual([]);
  const found = estimatePropensities([{ scale: 'words', places: [{ place: 1, score: 1, clicked: false }] }]);
  expect(found).toEqual([1]);
});
