import type { Language, Product, Reply } from '../../../src/domain';
import { product } from '../../support/data-dir';

/** What scarves are called where they are looked for. */
export const SCARVES: Readonly<Record<Language, string>> = {
  ...{ en: 'scarves', zh: '围巾', es: 'bufandas', fr: 'écharpes' },
  ...{ de: 'Schals', ja: 'マフラー', pt: 'cachecóis', ru: 'шарфы' },
};

/** A scarf; its price in cents. */
export function scarf(id: string, color: string, material: string, minor: number, description = ''): Product {
  return product({
    ...{ id, title: `Scarf ${id}`, description, color, material, productType: 'scarf' },
    price: { minor, currency: 'EUR' },
  });
}

export const ids = (reply: Reply): string[] => reply.cards.map(({ productId }) => productId);
