import {
  currentPrice,
  isAvailable,
  type Language,
  type ProductCard,
  type RankedProduct,
  textIn,
  type Vocabulary,
  type Why,
} from '../domain';
import { formatList, formatMoney, formatNumber, type Translator } from './i18n';

/** Below this many pieces the card says how many are left. */
const FEW_LEFT = 5;

/** A ranked product as a card in the shopper's language; `freeWords` are the words that no attribute explains. */
export function cardOf(
  { product, why }: RankedProduct,
  freeWords: ReadonlySet<string>,
  language: Language,
  tools: { translator: Translator; vocabulary: Vocabulary; hasPicture: (productId: string) => boolean },
): ProductCard {
  const { translator } = tools;
  const { title } = textIn(product, language);
  const price = currentPrice(product);
  return {
    productId: product.id,
    title,
    ...(tools.hasPicture(product.id) && { imagePath: `/pictures/${encodeURIComponent(product.id)}/0.webp` }),
    imageText: translator.text(language, 'card.picture', { title }),
    price: price ? formatMoney(price, language) : '',
    ...(product.salePrice && product.price && { priceBefore: formatMoney(product.price, language) }),
    rating: ratingText(product.rating, product.reviewCount, language),
    stock: stockText(product.quantity, isAvailable(product), language, translator),
    why: whyText(why, freeWords, language, tools),
    ...(product.link && { link: { label: translator.text(language, 'card.view'), url: product.link } }),
  };
}

function ratingText(rating: number | undefined, count: number | undefined, language: Language): string {
  if (rating === undefined) return '';
  const stars = `${formatNumber(rating, language, 1)} ★`;
  return count === undefined ? stars : `${stars} (${formatNumber(count, language)})`;
}

function stockText(
  quantity: number | undefined,
  available: boolean,
  language: Language,
  translator: Translator,
): string {
  if (!available) return translator.text(language, 'stock.soldOut');
  if (quantity === undefined || quantity >= FEW_LEFT) return '';
  return translator.text(language, 'stock.few', { count: quantity });
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
  if (why.missing.length > 0) {
    const list = formatList(
      why.missing.map((constraint) => translator.text(language, `constraint.${constraint}`)),
      language,
    );
    parts.push(translator.text(language, 'why.missing', { list }));
  }
  return parts.join(' · ');
}
