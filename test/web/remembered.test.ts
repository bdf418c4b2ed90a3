import { consentChanges } from '../../src/web/chat/remembered';

const says = (remembers: unknown, role = 'bot') => ({ from: { role }, channelData: { vitrine: { remembers } } });

it.each([
  [[], 0],
  [[{}, { channelData: null }, { channelData: { vitrine: 7 } }, says('yes')], 0],
  [[says(true)], 1],
  [[says(true), {}, says(false)], 2],
  // Nobody is remembered because a shopper's own message says so.
  [[says(true, 'user')], 0],
])('counts in %j what the bot said of remembering', (activities, expected) => {
  expect(consentChanges(activities)).toBe(expected);
});
