import { pointedAt } from '../../src/assistant/pointed';
import type { Reference } from '../../src/domain';

const second: Reference = { kind: 'position', at: 2 };
const it2: Reference = { kind: 'pronoun' };

it.each<[string, readonly Reference[], number, Reference | undefined]>([
  ['me mola el 2', [], 6, second],
  ['我喜欢２号', [], 6, second],
  ['the second one', [second], 6, second],
  ['that one, number 2', [it2, second], 6, second],
  ['the first or the second', [{ kind: 'position', at: 1 }, second], 6, undefined],
  ['2 or 3', [], 6, undefined],
  ['7 looks good', [], 6, undefined],
  ['for 2,50', [], 6, undefined],
  ['0', [], 6, undefined],
  ['me mola el 2', [], 1, undefined],
  [`2 ${'is what I have been looking for all my life, '.repeat(2)}`, [], 6, undefined],
])('“%s”', (text, references, shown, expected) => {
  expect(pointedAt(text, references, shown)).toEqual(expected);
});
