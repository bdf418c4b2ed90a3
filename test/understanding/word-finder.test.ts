import { HANDOFF_SETTINGS } from '../../src/config/handoff';
import { WordFinder } from '../../src/understanding';

const finder = new WordFinder([...HANDOFF_SETTINGS.HANDOFF_COMPLAINT_WORDS.default, '!?']);

it.each([
  ['This is a COMPLAINT!', true],
  ['I will complain.', true],
  ['Das ist eine Beschwerde', true],
  ['une reclamation', true],
  ['Je vais porter plainte !', true],
  ['我要投诉你们', true],
  ['クレームです', true],
  ['Хочу пожаловаться', true],
  ['a lawyer’s briefcase', true],
  ['compliant charger', false],
  ['complaints', false],
  ['avocado dress', false],
  ['红色的鞋', false],
  ['', false],
])('%s: %s', (text, expected) => {
  expect(finder.isIn(text)).toBe(expected);
});
