import { type CardPicture, type Language, type Product, textIn } from '../domain';
import type { CardTools } from './card';
import { formatNumber } from './i18n';

/** Pictures in a gallery at most. */
const MOST = 12;

/**
 * All pictures of a product, then one of each other colour of its item. What a picture is called says which one it is, and of
 * what: "Picture 2 of 3: Red mug".
 */
export function galleryOf(
  product: Product,
  variants: readonly Product[],
  language: Language,
  { hasPicture, translator }: CardTools,
): CardPicture[] {
  const places = [product.imageLink, ...product.additionalImageLinks].filter((link) => link !== undefined);
  const own = places.flatMap((_, position) => (hasPicture(product.id, position) ? [{ product, position }] : []));
  const colors = new Set([product.color]);
  const others = variants.flatMap((variant) => {
    if (variant.color === undefined || colors.has(variant.color) || !hasPicture(variant.id)) return [];
    colors.add(variant.color);
    return [{ product: variant, position: 0 }];
  });
  const all = [...own, ...others].slice(0, MOST);
  return all.map(({ product: shown, position }, index) => ({
    path: `/pictures/${encodeURIComponent(shown.id)}/${position}.webp`,
    text: translator.text(language, 'card.pictureOf', {
      number: formatNumber(index + 1, language),
      total: formatNumber(all.length, language),
      title: textIn(shown, language).title,
    }),
  }));
}
