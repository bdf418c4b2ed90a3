import { type DialogOutcome, type Reply, textIn } from '../domain';
import { type CardTools, cardOf } from './card';
import { reviewLines } from './reviews';
import { substituteCards, substitutesLead } from './substitutes';
import { stockText, valueName, variantLine, variantSuggestions } from './variants';

type Outcome = Extract<DialogOutcome, { kind: 'told' }>;

/** The one thing about a product that was asked for. */
export function toldReply(outcome: Outcome, tools: CardTools): Reply {
  const { language, product, about, missing, substitutes } = outcome;
  const { title } = textIn(product, language);
  const lines = [
    missing ? tools.translator.text(language, 'choice.missing', { title }) : title,
    ...linesOf(outcome, tools),
    ...(substitutes.length > 0 ? [substitutesLead(product, language, tools.translator)] : []),
  ];
  const choice = about === 'stock' || about === 'sizes' || about === 'colors';
  return {
    language,
    text: lines.filter(Boolean).join('\n'),
    cards: [cardOf({ product }, new Set(), language, tools), ...substituteCards(product, substitutes, language, tools)],
    suggestions: choice ? variantSuggestions(outcome, language, tools) : [],
  };
}

function linesOf(outcome: Outcome, tools: CardTools): string[] {
  const { language, product, about, missing } = outcome;
  const { translator } = tools;
  const line = (by: 'size' | 'color', always: boolean) => variantLine(by, outcome, language, tools, always);
  switch (about) {
    case 'reviews':
      return reviewLines(product, language, translator);
    case 'stock':
      return [missing ? '' : stockText(product, language, tools), line('size', missing), line('color', missing)];
    case 'sizes':
      return [line('size', true) || translator.text(language, 'variants.noSize')];
    case 'colors':
      return [line('color', true) || translator.text(language, 'variants.noColor')];
    case 'material': {
      const { material } = product;
      if (!material) return [translator.text(language, 'variants.noMaterial')];
      const name = valueName('material', material, language, tools);
      return [`${translator.text(language, 'constraint.material')}: ${name}`];
    }
  }
}
