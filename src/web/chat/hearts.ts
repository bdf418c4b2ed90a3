import { createContext, useContext } from 'react';

/** Products whose heart is given, as the server last said. */
export type Hearts = ReadonlySet<string>;

const context = createContext<Hearts>(new Set());

/** Gives the hearts to the cards below. */
export const HeartsProvider = context.Provider;

/** Is the heart of a product given? */
export function useHeart(productId: string): boolean {
  return useContext(context).has(productId);
}

/** The hearts at the end of a conversation: cards say how theirs stood, answers what became of one, or of all. */
export function heartsIn(activities: readonly object[]): Hearts {
  const given = new Set<string>();
  const set = (productId: unknown, isGiven: boolean) => {
    if (typeof productId !== 'string') return;
    if (isGiven) given.add(productId);
    else given.delete(productId);
  };
  for (const activity of activities) {
    const { attachments, channelData, from } = activity as Readonly<Record<string, unknown>>;
    // A shopper's own message says nothing of what was kept.
    if (field(from, 'role') === 'user') continue;
    for (const attachment of Array.isArray(attachments) ? attachments : []) {
      const product = field(field(attachment, 'content'), 'product');
      const like = field(product, 'like');
      if (like !== undefined) set(field(product, 'id'), field(like, 'given') === true);
    }
    const heart = field(field(channelData, 'vitrine'), 'heart');
    if (heart === undefined) continue;
    if (field(heart, 'productId') === undefined) given.clear();
    else set(field(heart, 'productId'), field(heart, 'given') === true);
  }
  return given;
}

/** A field of what a channel sent; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
