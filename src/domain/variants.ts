import { isAvailable, type Product } from './product';

/** What variants of an item differ in. */
export type VariantAxis = 'size' | 'color';

/** A size or a colour of an item, as the feed writes it, and whether any variant that has it is in stock. */
export interface VariantOption {
  readonly value: string;
  readonly available: boolean;
}

/** The sizes or colours that variants come in, in their order. */
export function optionsOf(variants: readonly Product[], by: VariantAxis): VariantOption[] {
  const values = new Set(variants.flatMap((variant) => variant[by] ?? []));
  return [...values].map((value) => ({
    value,
    available: variants.some((each) => each[by] === value && isAvailable(each)),
  }));
}

/** The sizes of a product's colour or, by colour, all colours of its item. */
export function choicesOf(product: Product, variants: readonly Product[], by: VariantAxis): VariantOption[] {
  const alike = variants.filter(({ color }) => color === product.color);
  return optionsOf(by === 'size' && alike.length > 0 ? alike : variants, by);
}

/** Of some variants the one most like a product: of its size, then of its colour, then one in stock. */
export function nearestVariant(product: Product, variants: readonly Product[]): Product | undefined {
  const worth = (each: Product): number =>
    4 * Number(each.size === product.size) + 2 * Number(each.color === product.color) + Number(isAvailable(each));
  return [...variants].sort((a, b) => worth(b) - worth(a))[0];
}
