import { CODE_LIFETIME, type DialogOutcome, groupedCode, type PairingOutcome, type Reply } from '../domain';
import { type CardTools, cardOf } from './card';
import { suggest } from './recommended';

/** Cards of a list; channels show no more beside one another. */
const MOST_CARDS = 10;

/** What may be said next. */
const NEXT: Readonly<Partial<Record<PairingOutcome['said'], readonly string[]>>> = {
  ask: ['yes', 'no'],
  code: ['cancel'],
  confirm: ['yes', 'no'],
  told: ['basket', 'unlink'],
  revoked: ['pair'],
  notLinked: ['pair'],
  wrong: ['pair'],
  expired: ['pair'],
  used: ['pair'],
};

/** A code for another device, what becomes of one, and what both share from then on. */
export function pairingReply(outcome: PairingOutcome, tools: CardTools): Reply {
  const { language, said, code, remembers, products = [] } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) =>
    tools.translator.text(language, `pairing.${key}`, values);
  const sharing = { ...tools, ...(outcome.likes && { liked: new Set(outcome.likes) }) };
  const grouped = code === undefined ? '' : groupedCode(code);
  const keys = said === 'joined' ? [...(products.length > 0 ? ['more'] : []), 'basket', 'unlink'] : (NEXT[said] ?? []);
  return {
    language,
    text: [
      say(said, { code: grouped, minutes: CODE_LIFETIME / 60_000 }),
      ...(products.length > 0 ? [say('view')] : []),
    ].join('\n'),
    cards: products.slice(0, MOST_CARDS).map((product) => cardOf({ product }, new Set(), language, sharing)),
    suggestions: suggest(keys, language, tools.translator),
    ...(remembers && { remembers }),
    ...(code !== undefined && {
      pairing: { code: grouped, caption: say('caption'), alt: say('alt', { code: grouped }) },
    }),
  };
}

/** What the shopper liked, each with a heart to take back. */
export function likesReply(outcome: Extract<DialogOutcome, { kind: 'likes' }>, tools: CardTools): Reply {
  const { language, products, allowed } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) =>
    tools.translator.text(language, `likes.${key}`, values);
  const reply = (lines: readonly string[], next: readonly string[]): Reply => ({
    language,
    text: lines.join('\n'),
    cards: [],
    suggestions: suggest(next, language, tools.translator),
  });
  if (!allowed) return reply([say('notAllowed')], ['remember']);
  if (products.length === 0) return reply([say('none')], ['forYou']);
  const isCut = products.length > MOST_CARDS;
  const newest = isCut ? [say('newest', { number: MOST_CARDS })] : [];
  return {
    ...reply([say('lead', { number: products.length }), ...newest], ['forYou', 'pair']),
    cards: products.slice(0, MOST_CARDS).map((product) => cardOf({ product }, new Set(), language, tools)),
  };
}
