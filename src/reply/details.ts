import { type DialogOutcome, type Language, type Passage, type Product, type Reply, textIn } from '../domain';
import { nameOf, shorten } from './answer';
import { type CardTools, cardOf } from './card';
import { galleryOf } from './gallery';
import { reviewLines } from './reviews';
import { substituteCards, substitutesLead } from './substitutes';
import { stockText, valueName, variantLine, variantSuggestions } from './variants';

/** Letters of a description, and of what the merchant says of delivery or returns. */
const DESCRIPTION_LENGTH = 900;
const POLICY_LENGTH = 110;

type Outcome = Extract<DialogOutcome, { kind: 'details' }>;

/** All that is known of one product: pictures, description, variants, stock, what reviewers wrote, how it comes and goes back. */
export function detailsReply(outcome: Outcome, tools: CardTools): Reply {
  const { language, product, variants, policies, substitutes } = outcome;
  const { translator } = tools;
  const { title, description } = textIn(product, language);
  const paragraphs = [
    title,
    description && shorten(description, language, DESCRIPTION_LENGTH),
    facts(product, language, tools),
    [
      stockText(product, language, tools),
      variantLine('size', outcome, language, tools),
      variantLine('color', outcome, language, tools),
    ]
      .filter(Boolean)
      .join('\n'),
    reviewLines(product, language, translator).join('\n'),
    policies.map((passage) => policyLine(passage, language)).join('\n'),
    ...(substitutes.length > 0 ? [substitutesLead(product, language, translator)] : []),
  ];
  const card = cardOf({ product }, new Set(), language, tools, ['basketAdd', 'similar', 'goesWith']);
  const pictures = galleryOf(product, variants, language, tools);
  return {
    language,
    text: paragraphs.filter(Boolean).join('\n\n'),
    cards: [
      { ...card, ...(pictures.length > 1 && { pictures }) },
      ...substituteCards(product, substitutes, language, tools),
    ],
    suggestions: variantSuggestions(outcome, language, tools),
  };
}

/** "colour: red · size: M". */
function facts(product: Product, language: Language, tools: CardTools): string {
  const { brand, color, size, material, pattern } = product;
  const named = Object.entries({ color, size, material, pattern }).map(
    ([name, value]) => [name, value && valueName(name as 'color', value, language, tools)] as const,
  );
  return [['brand', brand] as const, ...named]
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${tools.translator.text(language, `constraint.${name}`)}: ${value}`)
    .join(' · ');
}

/** "Delivery: 3 to 5 working days. (How long does delivery take?)": the merchant's words, and where they stand. */
function policyLine({ title, heading, text, language: written }: Passage, language: Language): string {
  const source = written === language ? heading : `${heading}, ${nameOf(written, language)}`;
  return `${title}: ${shorten(text.replaceAll('\n', ' '), written, POLICY_LENGTH)} (${source})`;
}
