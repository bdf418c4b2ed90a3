import {
  currentPrice,
  type DialogOutcome,
  isAvailable,
  type Language,
  type Product,
  type ProductCard,
  type Reply,
  textIn,
} from '../domain';
import { type CardTools, cardOf } from './card';
import { formatMoney, type Translator } from './i18n';
import { titleWithSize, valueName, variantLine, variantSuggestions } from './variants';

type Outcome = Extract<DialogOutcome, { kind: 'substitutes' }>;

/** What may be bought in a product's place: other variants of its item first, then other items, each with why. */
export function substitutesReply(outcome: Outcome, tools: CardTools): Reply {
  const { language, product, substitutes } = outcome;
  const { translator } = tools;
  const isOut = !isAvailable(product);
  const none = substitutes.length === 0;
  const lines = [
    isOut ? translator.text(language, 'basket.soldOut', { title: titleWithSize(product, language) }) : '',
    ...(isOut ? (['size', 'color'] as const).map((by) => variantLine(by, outcome, language, tools)) : []),
    none ? translator.text(language, 'substitutes.none') : substitutesLead(product, language, translator),
  ];
  return {
    language,
    text: lines.filter(Boolean).join('\n'),
    cards: none
      ? [cardOf({ product }, new Set(), language, tools, ['basketAdd', 'similar', 'details'])]
      : substituteCards(product, substitutes, language, tools),
    suggestions: isOut ? variantSuggestions(outcome, language, tools) : [],
  };
}

/** Says plainly by what they were chosen. */
export function substitutesLead(product: Product, language: Language, translator: Translator): string {
  const { size } = product;
  const key = size === undefined || size === '' ? 'lead' : 'leadInSize';
  return translator.text(language, `substitutes.${key}`, { title: textIn(product, language).title, size });
}

/** Cards of substitutes with what they share with the product, and what they cost more or less. */
export function substituteCards(
  product: Product,
  substitutes: readonly Product[],
  language: Language,
  tools: CardTools,
): ProductCard[] {
  return substitutes.map((other) => {
    const shared = (['color', 'material', 'pattern'] as const).flatMap((name) => {
      const value = other[name];
      const isSame = value !== undefined && value.toLowerCase() === product[name]?.toLowerCase();
      return isSame ? [valueName(name, value, language, tools)] : [];
    });
    const why = [...new Set(shared), priceBeside(product, other, language, tools.translator)]
      .filter(Boolean)
      .join(' · ');
    return cardOf({ product: other, why }, new Set(), language, tools);
  });
}

/** "€3.00 cheaper"; empty where the prices can't be compared. */
function priceBeside(product: Product, other: Product, language: Language, translator: Translator): string {
  const [own, price] = [currentPrice(product), currentPrice(other)];
  if (!own || !price || own.currency !== price.currency) return '';
  const difference = price.minor - own.minor;
  if (difference === 0) return translator.text(language, 'substitutes.samePrice');
  const amount = formatMoney({ ...price, minor: Math.abs(difference) }, language);
  return translator.text(language, `substitutes.${difference < 0 ? 'cheaper' : 'dearer'}`, { amount });
}
