import {
  choicesOf,
  isAvailable,
  type Language,
  type Product,
  type Suggestion,
  textIn,
  type VariantAxis,
  type VariantOption,
} from '../domain';
import { type CardTools, FEW_LEFT } from './card';
import { formatNumber } from './i18n';

type Tools = Pick<CardTools, 'translator' | 'vocabulary'>;

/** Variants that are offered to tap on, of each axis. */
const MOST_OFFERED = 6;

/** A value of the feed in the shopper's language, where the lexicons know it by that id; else as the feed writes it. */
export function valueName(
  type: 'size' | 'color' | 'material' | 'pattern',
  value: string,
  language: Language,
  { vocabulary }: Pick<Tools, 'vocabulary'>,
): string {
  if (type === 'size') return value;
  const id = value.toLowerCase();
  const name = vocabulary.name(type, id, language);
  return name === id ? value : name;
}

/** Whether a product can be had, and how many there are. */
export function stockText(product: Product, language: Language, { translator }: Pick<Tools, 'translator'>): string {
  const say = (key: string, values = {}) => translator.text(language, `stock.${key}`, values);
  const { quantity, availability } = product;
  if (!isAvailable(product)) return say('soldOut');
  if (availability === 'preorder' || availability === 'backorder') return say(availability);
  if (quantity === undefined) return say('in');
  return quantity < FEW_LEFT
    ? say('few', { count: quantity })
    : say('many', { number: formatNumber(quantity, language) });
}

/** "Sizes: S, L. Sold out: M"; empty where there is nothing to choose, unless `always`. */
export function variantLine(
  by: VariantAxis,
  { product, variants }: { readonly product: Product; readonly variants: readonly Product[] },
  language: Language,
  tools: Tools,
  always = false,
): string {
  const options = choicesOf(product, variants, by);
  if (options.length === 0 || (options.length === 1 && !always)) return '';
  const list = (wanted: boolean) =>
    options
      .filter(({ available }) => available === wanted)
      .map(({ value }) => valueName(by, value, language, tools))
      .join(', ');
  const [here, gone] = [list(true), list(false)];
  const say = (key: string, values: Readonly<Record<string, unknown>>) => tools.translator.text(language, key, values);
  return [here && say(`variants.${by}`, { list: here }), gone && say('choice.soldOut', { list: gone })]
    .filter(Boolean)
    .join(' · ');
}

/** The title with the size, which titles seldom say. */
export function titleWithSize(product: Product, language: Language): string {
  const { title } = textIn(product, language);
  return product.size ? `${title} (${product.size})` : title;
}

/** The other sizes and colours that are in stock, to tap on: what is sent is a sentence that the commands know. */
export function variantSuggestions(
  { product, variants }: { readonly product: Product; readonly variants: readonly Product[] },
  language: Language,
  tools: Tools,
): Suggestion[] {
  const offered = (by: VariantAxis) => {
    const others = choicesOf(product, variants, by).filter(
      ({ value, available }: VariantOption) => available && value !== product[by],
    );
    return others.slice(0, MOST_OFFERED).map(({ value }) => {
      const name = valueName(by, value, language, tools);
      return { title: name, value: tools.translator.text(language, `variants.${by}Wish`, { value: name }) };
    });
  };
  return [...offered('size'), ...offered('color')];
}
