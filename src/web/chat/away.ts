import { field } from './hearts';

/** Channel data by which the server tells where an activity stands in its conversation. */
const PLACE = 'webchat:sequence-id';

/** Where a message of the other side stands in its conversation; undefined for the shopper's own. */
export function placeOf(activity: object): number | undefined {
  if (field(field(activity, 'from'), 'role') === 'user') return undefined;
  const place = field(field(activity, 'channelData'), PLACE);
  return typeof place === 'number' ? place : undefined;
}

/** The place of the last message of the other side; 0 where there is none. */
export function lastPlace(messages: readonly object[]): number {
  return messages.reduce<number>((last, message) => Math.max(last, placeOf(message) ?? 0), 0);
}

/** How many messages of the other side stand after a place. */
export function countAfter(messages: readonly object[], place: number): number {
  return messages.filter((message) => (placeOf(message) ?? 0) > place).length;
}

/** The first message of the other side that came after one place, up to another: while the shopper was away. */
export function firstBetween<T extends object>(messages: readonly T[], after: number, until: number): T | undefined {
  return messages.find((message) => {
    const place = placeOf(message) ?? 0;
    return place > after && place <= until;
  });
}
