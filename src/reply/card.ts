import {
  type CardAction,
  currentPrice,
  isAvailable,
  type Language,
  LIKE_PHOTO,
  type ProductCard,
  type RankedProduct,
  type RankedProducts,
  textIn,
  type Vocabulary,
  type Why,
} from '../domain';
import { countedShares } from './counted';
import { formatList, formatMoney, formatNumber, type Translator } from './i18n';

/** Below this many pieces it is said how many are left. */
export const FEW_LEFT = 5;

/** The buttons of a card, where nothing else is said. */
const BUTTONS: readonly CardAction['name'][] = ['basketAdd', 'similar', 'details'];

/** What cards are made with. */
export interface CardTools {
  readonly translator: Translator;
  readonly vocabulary: Vocabulary;
  /** Of a position among the product's pictures; of the main one, where none is given. */
  readonly hasPicture: (productId: string, position?: number) => boolean;
  /** Products that the shopper liked. */
  readonly liked?: ReadonlySet<string>;
}

/**
 * A product as a card in the shopper's language. `why` says why it was found, or is that in words; `freeWords` are the words
 * that no attribute explains; `counted` is how much the modalities of its search counted.
 */
export function cardOf(
  {
    product,
    why,
    sponsored,
    counted,
  }: Pick<RankedProduct, 'product' | 'sponsored'> & {
    readonly why?: Why | string;
    readonly counted?: RankedProducts['counted'] | undefined;
  },
  freeWords: ReadonlySet<string>,
  language: Language,
  tools: CardTools,
  actions: readonly CardAction['name'][] = BUTTONS,
): ProductCard {
  const { translator } = tools;
  const { title } = textIn(product, language);
  const price = currentPrice(product);
  const shares = counted && countedShares(counted, language, translator);
  return {
    productId: product.id,
    title,
    ...(tools.hasPicture(product.id) && { imagePath: `/pictures/${encodeURIComponent(product.id)}/0.webp` }),
    imageText: translator.text(language, 'card.picture', { title }),
    price: price ? formatMoney(price, language) : '',
    ...(product.salePrice && product.price && { priceBefore: formatMoney(product.price, language) }),
    ...ratingOf(product.rating, product.reviewCount, language),
    ...stockOf(product.quantity, isAvailable(product), language, translator),
    ...(sponsored && { sponsored: translator.text(language, 'card.sponsored') }),
    why: typeof why === 'object' ? whyText(why, freeWords, language, tools) : (why ?? ''),
    ...(shares && { counted: shares }),
    // What is sold out can't be put into a basket, but waited for.
    actions: actions
      .map((name) => (name === 'basketAdd' && !isAvailable(product) ? 'alertStock' : name))
      .map((name) => ({ name, label: translator.text(language, `card.${name}`) })),
    like: {
      label: translator.text(language, 'card.like'),
      undo: translator.text(language, 'card.unlike'),
      given: tools.liked?.has(product.id) ?? false,
    },
    ...(product.link && { link: { label: translator.text(language, 'card.view'), url: product.link } }),
  };
}

function ratingOf(
  value: number | undefined,
  count: number | undefined,
  language: Language,
): Pick<ProductCard, 'rating'> {
  if (value === undefined) return {};
  const stars = `${formatNumber(value, language, 1)} ★`;
  if (count === undefined) return { rating: { value, text: stars } };
  return { rating: { value, count, text: `${stars} (${formatNumber(count, language)})` } };
}

function stockOf(
  quantity: number | undefined,
  available: boolean,
  language: Language,
  translator: Translator,
): Pick<ProductCard, 'stock'> {
  if (!available) return { stock: { state: 'out', text: translator.text(language, 'stock.soldOut') } };
  if (quantity === undefined || quantity >= FEW_LEFT) return {};
  return { stock: { state: 'few', text: translator.text(language, 'stock.few', { count: quantity }) } };
}

/** "red · leather · matches “waterproof” · differs in size". */
function whyText(
  why: Why,
  freeWords: ReadonlySet<string>,
  language: Language,
  tools: { translator: Translator; vocabulary: Vocabulary },
): string {
  const { translator, vocabulary } = tools;
  const named = (['kind', 'group', 'color', 'material', 'pattern', 'audience', 'condition'] as const).flatMap((type) =>
    (why.attributes[type] ?? []).map((id) => vocabulary.name(type, id, language)),
  );
  const plain = [...(why.attributes.brand ?? []), ...(why.attributes.size ?? [])];
  const parts = [...new Set([...named, ...plain])];
  // Words that an attribute explains are named by the attribute already.
  const words = why.words.filter((word) => freeWords.has(word)).slice(0, 4);
  if (words.length > 0) parts.push(translator.text(language, 'why.words', { words: words.join(', ') }));
  if (why.favourite !== undefined) parts.push(translator.text(language, 'why.favourite', { brand: why.favourite }));
  if (why.history !== undefined) parts.push(translator.text(language, 'why.history'));
  if (why.photo !== undefined && why.photo >= LIKE_PHOTO) parts.unshift(translator.text(language, 'why.photo'));
  if (parts.length === 0 && why.similarity !== undefined) parts.push(translator.text(language, 'why.meaning'));
  if (why.missing.length > 0) {
    const list = formatList(
      why.missing.map((constraint) => translator.text(language, `constraint.${constraint}`)),
      language,
    );
    parts.push(translator.text(language, 'why.missing', { list }));
  }
  return parts.join(' · ');
}
