import { joinTokens, windowsOf } from '../../../src/encoders/speech/windows';

it.each([
  [0, [[0, 0]]],
  [300, [[0, 300]]],
  [
    301,
    [
      [0, 300],
      [250, 301],
    ],
  ],
  [
    800,
    [
      [0, 300],
      [250, 550],
      [500, 800],
    ],
  ],
] as const)('cuts %d samples into windows that overlap', (length, expected) => {
  expect(windowsOf(length, 300)).toEqual(expected);
});

it('covers every sample of any length', () => {
  for (let length = 1; length < 2_000; length += 7) {
    const windows = windowsOf(length, 60);
    expect(windows.at(-1)?.[1]).toBe(length);
    for (const [i, [begin]] of windows.slice(1).entries()) expect(begin).toBeLessThan(windows[i]?.[1] ?? 0);
  }
});

it.each([
  ['where they agree', [1, 2, 3, 4, 5], [4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]],
  ['where one token was heard otherwise', [1, 2, 3, 4, 5, 6], [3, 9, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]],
  ['one after the other where nothing agrees', [1, 2, 3], [7, 8, 9], [1, 2, 3, 7, 8, 9]],
  ['one after the other where one token alone agrees', [1, 2, 3], [3, 8, 9], [1, 2, 3, 3, 8, 9]],
  ['with nothing', [1, 2], [], [1, 2]],
  ['into nothing', [], [1, 2], [1, 2]],
  ['that are the same', [1, 2, 3], [1, 2, 3], [1, 2, 3]],
])('joins windows %s', (_name, left, right, expected) => {
  expect(joinTokens(left, right)).toEqual(expected);
});
