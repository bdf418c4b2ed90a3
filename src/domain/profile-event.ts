import { PROFILE_EVENT_KINDS, type ProfileEvent, type ProfileEventKind, type ShopperId } from './profile';

/** Channel of events that name none: Vitrine's own page. */
const OWN_CHANNEL = 'directline';
const LONGEST = { userId: 200, channel: 40, productId: 200 } as const;
/** Clocks differ; what lies further ahead is a mistake. */
const MOST_AHEAD = 5 * 60_000;
/** A date with a time and an offset: without one, the server's time zone would decide. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** An event as a merchant tells it, or what is wrong with it, with the field's name. */
export type MerchantEvent =
  | { readonly shopper: ShopperId; readonly event: ProfileEvent }
  | { readonly problem: string };

/** Reads `{userId, channel?, productId, kind, at?}`; `at` is ISO 8601 with its offset or milliseconds since 1970, now by default. */
export function readMerchantEvent(value: unknown, now: number): MerchantEvent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'not a JSON object' };
  const fields = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).find((name) => !['userId', 'channel', 'productId', 'kind', 'at'].includes(name));
  if (unknown !== undefined) return { problem: `there is no field "${unknown.slice(0, 40)}"` };
  const { channel = OWN_CHANNEL, userId, productId, kind } = fields;
  for (const [name, text] of Object.entries({ userId, channel, productId })) {
    const longest = LONGEST[name as keyof typeof LONGEST];
    if (typeof text !== 'string' || text === '' || text.length > longest) {
      return { problem: `${name} must be a text of 1 to ${longest} characters` };
    }
  }
  if (!(PROFILE_EVENT_KINDS as readonly unknown[]).includes(kind)) {
    return { problem: `kind must be one of ${PROFILE_EVENT_KINDS.join(', ')}` };
  }
  const at = timeOf(fields.at, now);
  if (at === undefined) return { problem: 'at must be an ISO 8601 time with its offset, or milliseconds since 1970' };
  if (at > now + MOST_AHEAD) return { problem: 'at lies in the future' };
  return {
    shopper: { channel: channel as string, userId: userId as string },
    event: { productId: productId as string, kind: kind as ProfileEventKind, at: Math.min(at, now) },
  };
}

function timeOf(value: unknown, now: number): number | undefined {
  if (value === undefined) return now;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || !ISO_TIME.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
