import { z } from 'zod';
import { LANGUAGES } from '../domain';
import type { Question } from './questions';

/** A stored state before it is known to be one. */
export type StateFields = Readonly<Record<string, unknown>>;

const moment = z.number();
const ids = z.array(z.string());
const language = z.enum(LANGUAGES);
const command = z.looseObject({
  action: z.string(),
  language,
  references: z.array(z.looseObject({ kind: z.string() })),
});
const product = z.looseObject({ productId: z.string() });
const plain = z.looseObject({});
/** The form of each question: one that is missing here would be forgotten as it is read. */
const QUESTIONS: { readonly [About in Question['about']]: z.ZodType } = {
  like: product,
  variant: product,
  alert: product,
  which: z.looseObject({ command }),
  person: z.looseObject({ reason: z.string() }),
  message: z.looseObject({ reason: z.string(), text: z.string().optional() }),
  comment: z.looseObject({ ticketId: z.string(), wanted: z.boolean() }),
  facet: z.looseObject({ facet: z.string(), values: ids }),
  rating: z.looseObject({ askedAt: moment }),
  ratingComment: z.looseObject({ askedAt: moment, wanted: z.boolean() }),
  join: z.looseObject({ digest: z.string() }),
  forYou: plain,
  order: plain,
  pair: plain,
};
const question = z
  .looseObject({ about: z.enum(Object.keys(QUESTIONS) as Question['about'][]) })
  .refine((asked) => QUESTIONS[asked.about].safeParse(asked).success);
const money = z.looseObject({ minor: z.number(), currency: z.string() });
const photo = z.looseObject({
  encoder: z.string(),
  vector: z.string(),
  seen: z.looseObject({ photos: z.number(), colors: ids, likely: ids.optional() }),
});
const search = z.looseObject({
  text: z.string(),
  language,
  shown: z.number(),
  similarTo: z.string().optional(),
  goesWith: z.string().optional(),
  forYou: z.literal(true).optional(),
  noted: z.looseObject({ id: z.string(), cards: z.number() }).optional(),
  photo: photo.optional(),
  voice: z.looseObject({ recogniser: z.string(), confidence: z.number(), vector: z.string().optional() }).optional(),
  price: z.union([z.literal('any'), z.looseObject({ below: money })]).optional(),
  free: z.array(z.looseObject({ facet: z.string() })).optional(),
  asked: ids.optional(),
});
const step = z.union([
  z.looseObject({
    at: moment,
    view: z.looseObject({ lastSearch: search.optional(), shown: ids.optional(), lastProduct: z.string().optional() }),
  }),
  z.looseObject({ at: moment, basket: z.array(z.looseObject({ productId: z.string(), quantity: z.number() })) }),
]);
const choice = z.looseObject({ title: z.string(), value: z.string() });

/** The fields of `ConversationState` that are read without another look; a field that fails is left out. */
const FIELDS = {
  speaks: z.looseObject({ locale: language.optional(), chosen: z.literal(true).optional() }),
  courtesy: z.looseObject({ name: z.string().optional(), said: z.record(z.string(), z.number()).optional() }),
  numbers: z.array(z.union([z.looseObject({ say: z.string() }), z.looseObject({ action: z.looseObject({}) })])),
  photos: z.array(photo.extend({ at: moment })),
  lastSearch: search,
  searchedAt: moment,
  lastProduct: z.string(),
  shown: ids,
  steps: z.array(step),
  consentAsked: z.literal(true),
  open: z.array(z.looseObject({ question, at: moment, turns: z.number(), choices: z.array(choice) })),
  readings: z.array(z.looseObject({ text: z.string(), parts: z.looseObject({}), explained: ids })),
  failures: z.number(),
  moods: z.array(z.number()),
  order: z.looseObject({ number: z.string().optional(), email: z.string().optional() }),
  orderTries: z.array(moment),
  sponsored: z.array(z.looseObject({ productId: z.string(), at: moment })),
} as const;

/** A state without the fields that are not of their form; fields that the schema doesn't know are kept. */
export function validState(state: StateFields): StateFields {
  const isValid = ([name, value]: [string, unknown]) =>
    !(name in FIELDS) || FIELDS[name as keyof typeof FIELDS].safeParse(value).success;
  return Object.fromEntries(Object.entries(state).filter(isValid));
}
