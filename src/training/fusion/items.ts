import { type Attributes, currentPrice, groupOf, type Product } from '../../domain';

/** What training knows of a product; its place in the list is its number. */
export interface TrainingItem {
  readonly product: Product;
  readonly group: string;
  readonly attributes: Attributes;
  /** In minor units; undefined where it has none. */
  readonly price: number | undefined;
  /** What it looks like: products of the same look can't be told apart by a photo. */
  readonly look: string;
  /** The vector of its words, as the index has it. */
  readonly words: Float32Array;
  /** That of its first picture, where it has one. */
  readonly picture?: Float32Array;
  readonly attributeVector?: Float32Array;
}

/** Number of the products of each kind (the first of a product's kinds; '' for none). */
export function byKind(items: readonly TrainingItem[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [number, { attributes }] of items.entries()) {
    const kind = attributes.kinds[0] ?? '';
    const members = found.get(kind);
    if (members) members.push(number);
    else found.set(kind, [number]);
  }
  return found;
}

export function itemOf(
  product: Product,
  attributes: Attributes,
  vectors: Pick<TrainingItem, 'words' | 'picture' | 'attributeVector'>,
): TrainingItem {
  return {
    product,
    group: groupOf(product),
    attributes,
    price: currentPrice(product)?.minor,
    look: product.imageLink ?? product.id,
    ...vectors,
  };
}

/** Does a product have all that is asked for? Prices and sizes are not asked for here. */
export function meets(product: Attributes, asked: Attributes): boolean {
  const all = (wanted: readonly string[], has: readonly string[]) => wanted.every((id) => has.includes(id));
  if (asked.kinds[0] !== undefined && product.kinds[0] !== asked.kinds[0]) return false;
  if (asked.kinds.length === 0 && !all(asked.groups.slice(0, 1), product.groups)) return false;
  if (asked.kids && !product.kids) return false;
  return (
    all(asked.colors, product.colors) &&
    all(asked.materials, product.materials) &&
    all(asked.patterns, product.patterns) &&
    all(asked.genders, product.genders) &&
    all(asked.brands, product.brands)
  );
}
