import { type Attachment, CardFactory } from 'botbuilder';
import type { ProductCard } from '../domain';
import { cardEscape } from './escape';

/**
 * A product's pictures beside the one on its card, each with what a screen reader says for it: as one adaptive card in Teams, as
 * a card each on other channels. Vitrine's own page draws them in the product's card.
 */
export function galleryAttachments(
  { title, pictures = [] }: ProductCard,
  { channelId, publicUrl }: { readonly channelId: string; readonly publicUrl: string },
): Attachment[] {
  const literal = cardEscape(channelId);
  const further = pictures.slice(1);
  if (further.length === 0) return [];
  if (channelId !== 'msteams') {
    return further.map(({ path, text }) =>
      CardFactory.heroCard('', literal(text), [{ url: publicUrl + path, alt: text }]),
    );
  }
  const images = further.map(({ path, text }) => ({ type: 'Image', url: publicUrl + path, altText: text }));
  return [
    CardFactory.adaptiveCard({
      type: 'AdaptiveCard',
      version: '1.5',
      speak: title,
      body: [
        { type: 'TextBlock', text: literal(title), wrap: true, weight: 'Bolder' },
        { type: 'ImageSet', imageSize: 'Large', images },
      ],
    }),
  ];
}
