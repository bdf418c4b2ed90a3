import { type Alert, type AlertOutcome, currentPrice, type Money, type Product, type Reply } from '../domain';
import { type CardTools, cardOf } from './card';
import { formatMoney, formatNumber } from './i18n';
import { suggest } from './recommended';
import { titleWithSize } from './variants';

/** What became of a shopper's alerts; those that there are with a button each that stops them. */
export function alertReply(outcome: AlertOutcome, tools: CardTools): Reply {
  const { language, said, alerts, product, alert, variants = [] } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) =>
    tools.translator.text(language, `alert.${key}`, values);
  const reply = (text: string, next: readonly string[], cards: Reply['cards'] = []): Reply => ({
    language,
    text,
    cards,
    suggestions: suggest(next, language, tools.translator),
  });
  const title = product ? titleWithSize(product, language) : '';
  const price = product && currentPrice(product);
  const cardsOf = (shown: Product | undefined) =>
    shown ? [cardOf({ product: shown }, new Set(), language, tools)] : [];
  switch (said) {
    case 'shown': {
      if (alerts.length === 0) return reply(say('none'), []);
      const lines = alerts.map(
        (each, index) => `${formatNumber(index + 1, language)}. ${wishOf('line', each.alert, each.product, tools)}`,
      );
      const shown = [...new Map(alerts.map((each) => [each.product.id, each.product])).values()];
      const cards = shown.map((each) =>
        cardOf({ product: each }, new Set(), language, tools, ['alertStop', 'details']),
      );
      return reply([say('lead'), ...lines].join('\n'), ['stopAlerts'], cards);
    }
    case 'set':
      return reply(alert && product ? wishOf('set', { ...alert, language }, product, tools) : '', ['alerts']);
    case 'whichVariant':
      return {
        ...reply(say('whichVariant', { title: product ? titleWithSize({ ...product, size: '' }, language) : '' }), []),
        suggestions: variants.map((variant) => {
          const value = variant.size ?? variant.color ?? titleWithSize(variant, language);
          return { title: value, value };
        }),
      };
    case 'inStock':
    case 'cheapAlready':
      return reply(say(said, { title, price: price && formatMoney(price, language) }), [], cardsOf(product));
    case 'stopped':
    case 'kept':
    case 'full':
      return reply(say(said, { title }), ['alerts']);
    default:
      return reply(say(said, { title }), []);
  }
}

/** What a shopper is told outside of turns: what came true, with the product and whether to go on telling. */
export function alertNotice(alert: Pick<Alert, 'kind' | 'language'>, product: Product, tools: CardTools): Reply {
  const { kind, language } = alert;
  const { translator } = tools;
  const price = currentPrice(product);
  const told = translator.text(language, `alert.told.${kind}`, {
    title: titleWithSize(product, language),
    price: price && formatMoney(price, language),
  });
  const once = translator.text(language, 'alert.told.once', { keep: translator.text(language, 'card.alertKeep') });
  const card = cardOf({ product }, new Set(), language, tools, ['basketAdd', 'alertKeep', 'alertStop']);
  return { language, text: `${told}\n${once}`, cards: [card], suggestions: [] };
}

/** "Linen shirt (M): when it costs 20 € or less"; less than it costs now, where that is what was asked for. */
function wishOf(
  how: 'set' | 'line',
  { kind, target, language }: Alert,
  product: Product,
  { translator }: Pick<CardTools, 'translator'>,
): string {
  const title = titleWithSize(product, language);
  const text = (key: string, price?: Money) =>
    translator.text(language, `alert.${how}.${key}`, { title, price: price && formatMoney(price, language) });
  if (kind === 'stock' || !target) return text('stock');
  const now = currentPrice(product);
  const isLess = now?.currency === target.currency && now.minor === target.minor + 1;
  return isLess ? text('cheaper', now) : text('price', target);
}
