import { z } from 'zod';
import { endpoint, json, list } from './parts';

const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'hours must be written as 09:00-18:00');
const day = z.array(span).optional();

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const hours = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'timeZone must be an IANA name such as Europe/Berlin').optional(),
  mon: day,
  tue: day,
  wed: day,
  thu: day,
  fri: day,
  sat: day,
  sun: day,
  holidays: z.array(z.iso.date('holidays must be written as 2026-12-25')).optional(),
});

const minutes = z.coerce.number().min(0.1).max(1_440);

/** Settings of hand-off to people. */
export const HANDOFF_SETTINGS = {
  HANDOFF: {
    schema: z.enum(['console', 'hub', 'off']),
    default: 'console',
    about: 'who takes conversations over: agents at the console, an outside hub (HANDOFF_HUB_URL), or nobody',
  },
  HANDOFF_ASSIGNMENT: {
    schema: z.enum(['manual', 'automatic']),
    default: 'manual',
    about: 'whether agents choose from the queue, or are given who waited longest',
  },
  AGENT_CAPACITY: {
    schema: z.coerce.number().int().min(1).max(50),
    default: 3,
    about: 'most conversations that an agent is given automatically',
  },
  HANDOFF_HOURS: {
    schema: json(
      'must be JSON such as {"timeZone":"Europe/Berlin","mon":["09:00-18:00"],"holidays":["2026-12-25"]}',
    ).pipe(hours),
    default: {},
    about:
      'opening hours of agents as JSON: timeZone, mon to sun, holidays; without days always open. Outside of them shoppers may leave a message',
  },
  HANDOFF_QUEUE_MINUTES: {
    schema: minutes,
    default: 5,
    about: 'minutes in the queue after which a shopper is told and may leave a message',
  },
  HANDOFF_ANSWER_MINUTES: {
    schema: minutes,
    default: 3,
    about: 'minutes within which an agent answers, or the conversation goes back to the queue',
  },
  HANDOFF_LOST_MINUTES: {
    schema: minutes,
    default: 2,
    about: 'minutes without a connection after which an agent’s conversations go back to the queue',
  },
  HANDOFF_WRAP_UP_MINUTES: { schema: minutes, default: 10, about: 'minutes after which wrap-up ends by itself' },
  HANDOFF_SILENCE_MINUTES: {
    schema: minutes,
    default: 15,
    about: 'minutes of a shopper’s silence of which the agent is told',
  },
  HANDOFF_SENTIMENT: {
    schema: z.enum(['offer', 'off']),
    default: 'offer',
    about: 'whether a person is offered to a shopper who gets angry; needs MODELS other than none',
  },
  HANDOFF_VIPS: {
    schema: list,
    default: [] as string[],
    about: 'shoppers for whom a person is called at once: user ids, or channel:user id, separated by commas',
  },
  HANDOFF_ORDER_VALUE: {
    schema: z.coerce.number().min(0),
    default: 0,
    about: 'purchases, in units of CURRENCY, from which a shopper gets a person at once; 0 is never',
  },
  HANDOFF_COMPLAINT_WORDS: {
    schema: list,
    default: [
      ...['complaint', 'complain', 'lawyer', 'Beschwerde', 'beschweren', 'Anwalt', 'réclamation', 'porter plainte'],
      ...['queja', 'reclamación', 'abogado', 'reclamação', 'Procon', 'advogado', 'жалоба', 'пожаловаться', 'юрист'],
      ...['投诉', '消费者协会', '苦情', 'クレーム'],
    ],
    about: 'words of a complaint, at which a person is called, separated by commas',
  },
  TRANSLATION: {
    schema: z.enum(['off', 'hub']),
    default: 'off',
    about:
      'whether shoppers and agents read one another in their own languages, by a model of the hub ("vitrine models pull m2m100-418m" first, about 640 MB)',
  },
  HANDOFF_HUB_URL: {
    schema: endpoint('HANDOFF_HUB_SECRET'),
    default: '',
    about:
      'address to which activities for an outside hub are posted, with HANDOFF=hub; the hub answers at PUBLIC_URL/hub',
  },
  HANDOFF_HUB_SECRET: {
    schema: z.union([
      z.literal(''),
      z.string().regex(/^[\x21-\x7e]{16,}$/, 'must have at least 16 characters of ASCII and no spaces'),
    ]),
    default: '',
    about: 'bearer token between Vitrine and the hub, in both directions; 16 characters or more',
    secret: true,
  },
  HANDOFF_HUB_CONTEXT: {
    schema: json('must be a JSON object such as {"Skill":"sales"}').pipe(
      z.record(z.string(), z.unknown(), 'must be a JSON object such as {"Skill":"sales"}'),
    ),
    default: {},
    about:
      'what the hub is told with each hand-over beside ticket, reason, language and topic, as JSON: {"Skill":"sales"}',
  },
} as const satisfies Record<string, { schema: z.ZodType; default: unknown; about: string; secret?: boolean }>;

/** Settings of hand-off that need one another. Returns the one that is wrong and why; undefined where nothing is. */
export function handoffFault(
  values: Readonly<Record<string, unknown>>,
): readonly [name: string, reason: string] | undefined {
  const { HANDOFF: mode, HANDOFF_HUB_URL: url, HANDOFF_HUB_SECRET: secret } = values;
  if (mode === 'hub' && !url) return ['HANDOFF_HUB_URL', 'must be set with HANDOFF=hub: the address of the hub'];
  if (url && !secret) return ['HANDOFF_HUB_SECRET', 'must be set with HANDOFF_HUB_URL: 16 characters or more'];
  if (secret && !url) return ['HANDOFF_HUB_URL', 'must be set with HANDOFF_HUB_SECRET: the address of the hub'];
  return undefined;
}
