import { type Attributes, type Language, NO_ATTRIBUTES, type Product, type StructuredQuery, textIn } from '../domain';

/**
 * The query that finds products like one: its kind, colour, material, pattern and audience, and the words of its title.
 * Size and brand are left out: whoever asks for the like of something knows it already.
 */
export function similarQuery(product: Product, attributes: Attributes, language: Language): StructuredQuery {
  const { title } = textIn(product, language);
  return {
    text: title,
    language,
    wanted: {
      ...NO_ATTRIBUTES,
      kinds: attributes.kinds.slice(0, 1),
      groups: attributes.kinds.length > 0 ? [] : attributes.groups,
      colors: attributes.colors,
      materials: attributes.materials,
      patterns: attributes.patterns,
      genders: attributes.genders,
      kids: attributes.kids,
    },
    unwanted: NO_ATTRIBUTES,
    inStockOnly: false,
    onSaleOnly: false,
    sort: 'relevance',
    keywords: title,
    freeText: attributes.kinds.length > 0 ? '' : title,
  };
}
