import {
  type Constraint,
  languageOf,
  type Product,
  type StructuredQuery,
  type TextAnalyzer,
  type Why,
} from '../domain';
import type { QueryWord } from './keywords';
import { MET } from './match';
import type { Scored } from './scored';

/** Explains a result: words found, attributes met, attributes missing, similarity. */
export function whyOf(
  scored: Scored,
  product: Product,
  query: StructuredQuery,
  words: readonly QueryWord[],
  analyzer: TextAnalyzer,
): Why {
  const attributes: Partial<Record<Constraint, readonly string[]>> = {};
  const missing: Constraint[] = [];
  for (const [constraint, match] of Object.entries(scored.matches) as [Constraint, number][]) {
    if (match >= MET) attributes[constraint] = valuesOf(constraint, query);
    else missing.push(constraint);
  }
  const { similarity, titleWords, photoPicture, photoText } = scored.candidate;
  const photo = photoPicture ?? photoText;
  const body = bodyTokens(product, query, words, titleWords, analyzer);
  const found = words.filter((word) => word.tokens.some((token) => titleWords.has(token) || body.has(token)));
  return {
    words: found.map((word) => word.surface),
    attributes,
    missing,
    ...(similarity !== undefined && { similarity }),
    ...(photo !== undefined && { photo }),
    ...(scored.liking !== undefined && { history: scored.liking }),
    ...(scored.favourite !== undefined && { favourite: scored.favourite }),
  };
}

function valuesOf(constraint: Constraint, { wanted }: StructuredQuery): readonly string[] {
  switch (constraint) {
    case 'kind':
      return wanted.kinds.slice(0, 1);
    case 'group':
      return wanted.groups;
    case 'color':
      return wanted.colors;
    case 'material':
      return wanted.materials;
    case 'pattern':
      return wanted.patterns;
    case 'size':
      return wanted.sizes;
    case 'brand':
      return wanted.brands;
    case 'condition':
      return wanted.conditions;
    case 'audience':
      return wanted.kids ? ['kids'] : wanted.genders;
    default:
      return [];
  }
}

/** Tokens of the descriptions, cut only when a word was not in the titles. */
function bodyTokens(
  product: Product,
  query: StructuredQuery,
  words: readonly QueryWord[],
  titleWords: ReadonlySet<string>,
  analyzer: TextAnalyzer,
): ReadonlySet<string> {
  const found = new Set<string>();
  if (words.every((word) => word.tokens.some((token) => titleWords.has(token)))) return found;
  const own = languageOf(product.language) ?? analyzer.detectLanguage(product.title);
  const texts: [string | undefined, typeof own][] = [[product.description, own]];
  texts.push([product.texts[query.language]?.description, query.language]);
  for (const [text, language] of texts) {
    if (!text) continue;
    for (const word of analyzer.analyse(text, language)) for (const token of word.tokens) found.add(token);
  }
  return found;
}
