import type { DialogOutcome, Language, Order, Reply } from '../domain';
import { formatList, type Translator } from './i18n';
import { suggest } from './recommended';

/** Items that are named; more are counted by nobody. */
const MOST_NAMED = 5;

/** What is missing to show an order, or why none is shown. */
export function orderReply(
  { language, say, offersPerson }: Extract<DialogOutcome, { kind: 'order' }>,
  translator: Translator,
): Reply {
  const lines = [
    translator.text(language, `order.${say}`),
    ...(offersPerson ? [translator.text(language, 'person.offer')] : []),
  ];
  const steps = say.startsWith('ask') || say === 'notFound' ? (['cancel'] as const) : [];
  const suggestions = suggest(offersPerson ? ['yes', 'no'] : steps, language, translator);
  return { language, text: lines.join('\n'), cards: [], suggestions };
}

/** Where an order stands, since when, what is in it, and how to follow it. */
export function orderFoundReply(order: Order, language: Language, translator: Translator): Reply {
  const say = (key: string, values = {}) => translator.text(language, `order.${key}`, values);
  const named = order.items.slice(0, MOST_NAMED).map(({ title, quantity }) => `${quantity} × ${title}`);
  const lines = [
    say('state', { number: order.number, state: say(`states.${order.state}`) }),
    ...(order.since ? [say('since', { date: dateText(order.since, language) })] : []),
    ...(named.length > 0 ? [say('items', { list: formatList(named, language) })] : []),
    ...(order.tracking
      ? [say('tracking', { tracking: [order.carrier, order.tracking].filter(Boolean).join(' ') })]
      : []),
    ...(order.state === 'shipped' && order.expectedOn
      ? [say('expected', { date: dateText(order.expectedOn, language) })]
      : []),
  ];
  return { language, text: lines.join('\n'), cards: [], suggestions: [] };
}

function dateText(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
