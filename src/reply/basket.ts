import {
  type BasketItem,
  type BasketOutcome,
  checkoutUrl,
  currentPrice,
  isAvailable,
  type Language,
  type Money,
  type Reply,
  totalsOf,
} from '../domain';
import { type CardTools, cardOf } from './card';
import { formatMoney, formatNumber } from './i18n';
import { suggest } from './recommended';
import { titleWithSize } from './variants';

type Tools = CardTools & { readonly checkoutUrl: string };

/** What became of the basket, its lines with their prices, and where it is paid. */
export function basketReply(outcome: BasketOutcome, tools: Tools): Reply {
  const { language, items, said } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) =>
    tools.translator.text(language, `basket.${key}`, values);
  const plain = (lines: readonly string[], next: readonly string[]): Reply => ({
    language,
    text: lines.filter(Boolean).join('\n'),
    cards: [],
    suggestions: suggest(next, language, tools.translator),
  });
  const title = outcome.product ? titleWithSize(outcome.product, language) : '';
  const count = formatNumber(outcome.quantity ?? 0, language);
  switch (said) {
    case 'impossible':
    case 'notIn':
      return plain([say(said)], []);
    case 'full':
      return plain([say(said)], ['basket', 'checkout']);
    case 'emptied':
      return plain([say(said)], ['undo']);
    case 'added':
    case 'changed':
    case 'removed':
    case 'undone':
      return plain(
        [
          say(said, { title, count }),
          outcome.limited ? limitLine(outcome, tools) : lowStock(outcome, tools),
          items.length > 0 ? totalLine(items, language, say) : say('empty'),
        ],
        items.length > 0 ? ['basket', 'checkout', 'undo'] : ['undo'],
      );
    default:
      return items.length === 0 ? plain([say('empty')], []) : wholeBasket(outcome, tools, say);
  }
}

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

function wholeBasket({ language, items, said }: BasketOutcome, tools: Tools, say: Say): Reply {
  const { translator } = tools;
  const canPay = tools.checkoutUrl !== '';
  const lines = items.map((item, index) => lineOf(item, index + 1, language, tools));
  const total = totalLine(items, language, say);
  const pays = said === 'checkout';
  const lead = pays ? say(canPay ? 'pay' : 'payEach') : say('lead');
  const payable = items.filter(({ product }) => isAvailable(product));
  return {
    language,
    text: [lead, ...lines, total].join('\n'),
    cards: items.map(({ product }) => cardOf({ product }, new Set(), language, tools, ['basketRemove', 'details'])),
    suggestions: suggest([...(pays ? [] : ['checkout']), 'emptyBasket'], language, translator),
    ...(canPay &&
      payable.length > 0 && {
        link: {
          title: say('title'),
          text: total,
          label: translator.text(language, 'suggestions.checkout'),
          url: checkoutUrl(tools.checkoutUrl, payable),
        },
      }),
  };
}

/** "1. Backpack (red, M) × 2 · 40,00 € = 80,00 €". */
function lineOf({ product, quantity }: BasketItem, number: number, language: Language, tools: Tools): string {
  const price = currentPrice(product);
  const sum = (each: Money) => formatMoney({ ...each, minor: each.minor * quantity }, language);
  const cost = price ? ` · ${formatMoney(price, language)}${quantity > 1 ? ` = ${sum(price)}` : ''}` : '';
  const out = isAvailable(product) ? '' : ` · ${tools.translator.text(language, 'stock.soldOut')}`;
  return `${number}. ${titleWithSize(product, language)} × ${formatNumber(quantity, language)}${cost}${out}`;
}

function totalLine(items: readonly BasketItem[], language: Language, say: Say): string {
  const totals = totalsOf(items).map((total) => formatMoney(total, language));
  const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return say('total', { count, total: totals.join(' + ') || '–' });
}

/** Why there are fewer than wanted: how many are in stock, or that a basket holds no more of one thing. */
function limitLine({ product, quantity, language }: BasketOutcome, { translator }: Tools): string {
  const stock = product?.quantity;
  return stock !== undefined && stock === quantity
    ? translator.text(language, 'stock.few', { count: stock })
    : translator.text(language, 'basket.limited');
}

/** "Only 3 left", of what was put in. */
function lowStock({ said, product, language }: BasketOutcome, tools: Tools): string {
  if (!product || (said !== 'added' && said !== 'changed')) return '';
  return cardOf({ product }, new Set(), language, tools, []).stock?.text ?? '';
}
