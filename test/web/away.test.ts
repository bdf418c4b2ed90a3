import { countAfter, firstBetween, lastPlace, placeOf } from '../../src/web/chat/away';

const message = (place: unknown, role = 'bot') => ({ from: { role }, channelData: { 'webchat:sequence-id': place } });
const [hello, asked, answer, told, more] = [
  message(1000),
  message(2000, 'user'),
  message(3000),
  message(4000),
  message(5000),
] as const;
const all = [hello, asked, answer, told, more];

it.each([
  [{}, undefined],
  [{ channelData: null }, undefined],
  [message('4000'), undefined],
  // What shoppers say themselves is no news to them.
  [asked, undefined],
  [answer, 3000],
])('reads from %j where it stands', (activity, place) => {
  expect(placeOf(activity)).toBe(place);
});

it.each([
  // Seen until, said until: the first that came in between.
  [3000, 5000, told],
  [4000, 5000, more],
  [5000, 5000, undefined],
  // What comes while the page is open is not from before.
  [3000, 3000, undefined],
  [1000, 2000, undefined],
  // A new conversation.
  [0, 0, undefined],
])('finds what came after %i and until %i', (after, until, first) => {
  expect(firstBetween(all, after, until)).toBe(first);
});

it('counts what was not seen', () => {
  expect([lastPlace([]), lastPlace([asked]), lastPlace(all)]).toEqual([0, 0, 5000]);
  expect([countAfter(all, 0), countAfter(all, 3000), countAfter(all, 5000)]).toEqual([4, 2, 0]);
});
