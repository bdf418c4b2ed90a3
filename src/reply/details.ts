import { type DialogOutcome, type Language, type Product, type Reply, textIn } from '../domain';
import { type CardTools, cardOf } from './card';
import type { Translator } from './i18n';

/** Reviews quoted at most, and letters of each. */
const REVIEWS = 2;
const REVIEW_LENGTH = 240;
const DESCRIPTION_LENGTH = 900;

/** All that the feed says about one product: description, attributes, what reviewers wrote. */
export function detailsReply(outcome: Extract<DialogOutcome, { kind: 'details' }>, tools: CardTools): Reply {
  const { language, product } = outcome;
  const { title, description } = textIn(product, language);
  const paragraphs = [
    title,
    description && shorten(description, DESCRIPTION_LENGTH),
    facts(product, language, tools.translator),
    ...reviews(product, language),
  ];
  return {
    language,
    text: paragraphs.filter(Boolean).join('\n\n'),
    cards: [cardOf({ product }, new Set(), language, tools, ['basketAdd', 'similar', 'goesWith'])],
    suggestions: [],
  };
}

/** "colour: red · size: M": values as the feed has them. */
function facts(product: Product, language: Language, translator: Translator): string {
  const { brand, color, size, material, pattern } = product;
  return Object.entries({ brand, color, size, material, pattern })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${translator.text(language, `constraint.${name}`)}: ${value}`)
    .join(' · ');
}

/** Excerpts in the shopper's language first; never invented, never translated. */
function reviews(product: Product, language: Language): string[] {
  const own = (reviewLanguage: string | undefined) => Number(reviewLanguage?.startsWith(language) ?? false);
  return [...product.reviews]
    .sort((a, b) => own(b.language) - own(a.language))
    .slice(0, REVIEWS)
    .map(({ text }) => `“${shorten(text, REVIEW_LENGTH)}”`);
}

function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}
