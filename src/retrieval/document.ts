import {
  type Attributes,
  type AttributeTagger,
  currentPrice,
  groupOf,
  isAvailable,
  type Language,
  languageOf,
  type Product,
  type TextAnalyzer,
} from '../domain';

/** What ranking needs to know of a product without reading it from storage. */
export interface IndexedFacts {
  readonly attributes: Attributes;
  /** Minor units of the shop's currency; null when unknown or in another currency. */
  readonly price: number | null;
  readonly available: boolean;
  readonly onSale: boolean;
  readonly rating: number;
  readonly reviews: number;
}

/** One row of the index's table, before its vector. */
export interface IndexDocument {
  readonly id: string;
  readonly grp: string;
  /** Everything that the keyword index searches: tokens separated by spaces, title tokens twice. */
  readonly words: string;
  /** Tokens of the titles in all languages, for word coverage. */
  readonly title_words: string;
  readonly kinds: string[];
  readonly colors: string[];
  readonly materials: string[];
  readonly patterns: string[];
  readonly sizes: string[];
  readonly genders: string[];
  readonly kids: boolean;
  readonly brand: string;
  readonly price: number | null;
  readonly available: boolean;
  readonly on_sale: boolean;
  /** `IndexedFacts` as JSON: one string reads faster than ten list columns. */
  readonly facts: string;
  /** Words as written in the catalogue, folded, for telling misspellings; not stored in the table. */
  readonly vocabulary: readonly string[];
  /** What is encoded into the vector; see `textToEncode`. */
  readonly textToEncode: string;
}

/** Most tokens a product puts into the keyword index; a description of 10,000 letters adds no more meaning. */
const MOST_TOKENS = 3_000;
const ENCODED_LENGTH = 400;

/** The index token of an attribute; `=` keeps it apart from every word. */
export function attributeToken(name: string, id: string): string {
  return `=${name}:${id.toLowerCase().replace(/\s+/g, '_')}`;
}

export interface DocumentTools {
  readonly analyzer: TextAnalyzer;
  readonly tagger: AttributeTagger;
  readonly currency: string;
}

/** Turns a product into a row of the index. */
export function documentOf(product: Product, { analyzer, tagger, currency }: DocumentTools): IndexDocument {
  const attributes = tagger.tag(product);
  const language = languageOf(product.language) ?? analyzer.detectLanguage(product.title);
  const vocabulary = new Set<string>();
  const tokensOf = (text: string | undefined, inLanguage: Language): string[] => {
    if (!text) return [];
    return analyzer.analyse(text, inLanguage).flatMap((word) => {
      if (word.tokens[0]) vocabulary.add(word.tokens[0]);
      return word.tokens;
    });
  };
  const titles = tokensOf(product.title, language);
  const bodies = tokensOf(product.description, language);
  for (const [tag, text] of Object.entries(product.texts)) {
    const other = languageOf(tag) ?? language;
    titles.push(...tokensOf(text.title, other));
    bodies.push(...tokensOf(text.description, other));
  }
  const fields = [
    product.brand,
    product.productType,
    product.color,
    product.material,
    product.pattern,
    product.gtin,
    product.id,
  ].flatMap((field) => tokensOf(field, language));
  const marks = attributeTokens(attributes);
  const money = currentPrice(product);
  const price = money?.currency === currency ? money.minor : null;
  const onSale =
    product.salePrice !== undefined && product.price !== undefined && product.salePrice.minor < product.price.minor;
  const facts: IndexedFacts = {
    attributes,
    price,
    available: isAvailable(product),
    onSale,
    rating: product.rating ?? 0,
    reviews: product.reviewCount ?? 0,
  };
  return {
    id: product.id,
    grp: groupOf(product),
    words: [...marks, ...titles, ...titles, ...fields, ...bodies].slice(0, MOST_TOKENS).join(' '),
    title_words: [...new Set([...titles, ...fields])].slice(0, MOST_TOKENS).join(' '),
    kinds: [...attributes.kinds],
    colors: [...attributes.colors],
    materials: [...attributes.materials],
    patterns: [...attributes.patterns],
    sizes: [...attributes.sizes],
    genders: [...attributes.genders],
    kids: attributes.kids,
    brand: product.brand ?? '',
    price,
    available: facts.available,
    on_sale: onSale,
    facts: JSON.stringify(facts),
    vocabulary: [...vocabulary],
    textToEncode: textToEncode(product, attributes),
  };
}

/**
 * What a product is, in the words that its vector is made of: the title without the maker's name, which says nothing of
 * meaning and which the keywords find. A title that names no known kind of thing is joined by the description's start; for
 * others it would only blur the vector.
 */
function textToEncode({ title, brand, description }: Product, { kinds }: Attributes): string {
  const bare = brand ? title.replace(brand, ' ').replace(/\s+/g, ' ').trim() : title;
  const name = bare === '' ? title : bare;
  return kinds.length > 0 || !description ? name : `${name}. ${description.slice(0, ENCODED_LENGTH)}`;
}

function attributeTokens(attributes: Attributes): string[] {
  const all = (name: string, ids: readonly string[]) => ids.map((id) => attributeToken(name, id));
  return [
    ...all('kind', attributes.kinds),
    ...all('group', attributes.groups),
    ...all('color', attributes.colors),
    ...all('material', attributes.materials),
    ...all('pattern', attributes.patterns),
    ...all('size', attributes.sizes),
    ...all('brand', attributes.brands),
    ...all('gender', attributes.genders),
    ...(attributes.kids ? [attributeToken('audience', 'kids')] : []),
  ];
}
