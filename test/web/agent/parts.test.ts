import english from '../../../locales/en/agent.json';
import { initialsOf } from '../../../src/web/agent/parts/initials';
import { languageName, outcomeText, reasonText, shopperMark } from '../../../src/web/agent/parts/names';
import { dayText, urgencyOf, waitText } from '../../../src/web/agent/parts/times';
import { ticket } from './samples';

it.each([
  [-5, '0:00'],
  [7, '0:07'],
  [187.9, '3:07'],
  [3599, '59:59'],
  [7387, '2:03:07'],
  [36_000, '10:00:00'],
  [2 * 86_400 + 5, '2 days'],
])('%d seconds are %s', (seconds, text) => {
  expect(waitText(seconds, 'en')).toBe(text);
});

it.each([
  [0, 'fresh'],
  [119, 'fresh'],
  [120, 'long'],
  [300, 'tooLong'],
])('after %i seconds a wait is %s', (seconds, urgency) => {
  expect(urgencyOf(seconds)).toBe(urgency);
});

it('names days as people do', () => {
  const noon = new Date(2026, 10, 27, 12).getTime();
  const midnight = new Date(2026, 10, 27, 0, 1).getTime();
  expect(dayText(noon, noon, 'en')).toBe('Today');
  expect(dayText(midnight - 120_000, noon, 'en')).toBe('Yesterday');
  expect(dayText(midnight - 120_000, midnight, 'de')).toBe('Gestern');
  expect(dayText(noon - 3 * 86_400_000, noon, 'en-GB')).toBe('Tuesday 24 November');
});

it('makes short marks of long names', () => {
  expect(['Anna Berg', 'anna', '李明', 'Ana de la Cruz', ''].map(initialsOf)).toEqual(['AB', 'A', '李', 'AC', '']);
  expect(['dl_9f3e-a71c', 'x', '--'].map((userId) => shopperMark({ userId }))).toEqual(['A71C', 'X', '—']);
});

it('shows words that it does not know as they are', () => {
  const texts = { texts: english };
  expect(outcomeText('solved', texts)).toBe(english.outcomeSolved);
  expect(outcomeText('timeout', texts)).toBe(english.outcomeTimeout);
  expect(outcomeText('toString', texts)).toBe('toString');
  expect(reasonText(ticket('t', { reason: 'vip' }), texts)).toBe('VIP');
  expect(reasonText(ticket('t', { reason: 'constructor' as never }), texts)).toBe('constructor');
  expect(languageName('de', 'en')).toBe('German');
  expect(languageName('not a code', 'en')).toBe('not a code');
});
