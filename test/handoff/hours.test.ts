import { type OpeningHours, openAt } from '../../src/handoff/hours';

const BERLIN: OpeningHours = {
  timeZone: 'Europe/Berlin',
  mon: ['09:00-12:00', '13:00-18:00'],
  fri: ['09:00-18:00'],
  sat: ['22:00-02:00'],
  holidays: ['2026-12-25'],
};
const at = (text: string) => Date.parse(text);

it.each<[string, OpeningHours, string, boolean, string | undefined]>([
  ['nothing set', {}, '2026-11-30T03:00Z', true, undefined],
  ['winter, a minute before', BERLIN, '2026-11-30T07:59Z', false, '2026-11-30T08:00Z'],
  ['winter, open', BERLIN, '2026-11-30T08:00Z', true, undefined],
  ['at lunch', BERLIN, '2026-11-30T11:00Z', false, '2026-11-30T12:00Z'],
  ['after work: the next day that opens', BERLIN, '2026-11-30T17:00Z', false, '2026-12-04T08:00Z'],
  ['summer, an hour earlier in UTC', BERLIN, '2026-07-06T07:00Z', true, undefined],
  ['summer, a minute before', BERLIN, '2026-07-06T06:59Z', false, '2026-07-06T07:00Z'],
  ['a holiday', BERLIN, '2026-12-25T10:00Z', false, '2026-12-26T21:00Z'],
  ['past midnight', BERLIN, '2026-12-06T00:30Z', true, undefined],
  ['past midnight, over', BERLIN, '2026-12-06T01:00Z', false, '2026-12-07T08:00Z'],
  // The night of 25 October 2026 has 25 hours: 22:00 (UTC+2) to 02:00 (the first one, UTC+2, or the second, UTC+1).
  ['the night that the clocks go back', BERLIN, '2026-10-24T19:59Z', false, '2026-10-24T20:00Z'],
  ['the last day of summer time, asked in it', BERLIN, '2026-10-25T10:00Z', false, '2026-10-26T08:00Z'],
  // At 02:30 on 29 March 2026 no clock of Berlin stands: it opens when they jump past it.
  [
    'a time that the clocks leave out',
    { timeZone: 'Europe/Berlin', sun: ['02:30-04:00'] },
    '2026-03-29T00:00Z',
    false,
    '2026-03-29T01:30Z',
  ],
  ['another zone', { timeZone: 'Asia/Shanghai', tue: ['00:00-24:00'] }, '2026-11-30T16:00Z', true, undefined],
  [
    'another zone, closed',
    { timeZone: 'Asia/Shanghai', tue: ['00:00-24:00'] },
    '2026-12-01T16:00Z',
    false,
    '2026-12-07T16:00Z',
  ],
  ['half an hour off', { timeZone: 'Asia/Kolkata', mon: ['09:00-10:00'] }, '2026-11-30T03:30Z', true, undefined],
  ['never', { timeZone: 'UTC', mon: [] }, '2026-11-30T03:30Z', false, undefined],
  [
    'always, but on a holiday',
    { timeZone: 'UTC', holidays: ['2026-12-25'] },
    '2026-12-25T03:00Z',
    false,
    '2026-12-26T00:00Z',
  ],
])('%s', (_name, hours, now, isOpen, opensAt) => {
  expect(openAt(hours, at(now))).toEqual({ isOpen, ...(opensAt !== undefined && { opensAt: at(opensAt) }) });
});
