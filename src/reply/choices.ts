import { type DialogOutcome, type Reply, textIn } from '../domain';
import { type CardTools, cardOf } from './card';
import { formatNumber } from './i18n';
import { nextSteps } from './recommended';

type Outcome = Extract<DialogOutcome, { kind: 'askVariant' | 'whichOne' | 'beyond' | 'back' }>;

/** Questions that are answered by tapping or by a number, and what was shown before. */
export function choiceReply(outcome: Outcome, tools: CardTools): Reply {
  const { language } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) =>
    tools.translator.text(language, `choice.${key}`, values);
  switch (outcome.kind) {
    case 'askVariant': {
      const { title } = textIn(outcome.product, language);
      const name = (value: string) => (outcome.by === 'size' ? value : colorName(value, outcome, tools));
      const options = outcome.options.map(({ value, available }) => ({
        title: name(value),
        value: name(value),
        available,
      }));
      const gone = options.filter(({ available }) => !available).map((option) => option.title);
      const text = [
        outcome.missing ? say('missing', { title }) : '',
        say(outcome.by, { title }),
        gone.length > 0 ? say('soldOut', { list: gone.join(', ') }) : '',
      ];
      return {
        language,
        text: text.filter(Boolean).join('\n'),
        cards: [],
        suggestions: options
          .filter(({ available }) => available)
          .map((option) => ({ title: option.title, value: option.value })),
      };
    }
    case 'whichOne': {
      const titles = outcome.products.map((product) => textIn(product, language).title);
      const lines = titles.map((title, index) => `${formatNumber(index + 1, language)}. ${title}`);
      return {
        language,
        text: [say('which'), ...lines].join('\n'),
        cards: [],
        suggestions: titles.map((title, index) => ({ title: `${index + 1}. ${title}`, value: String(index + 1) })),
      };
    }
    case 'beyond':
      return { language, text: say('beyond', { count: outcome.shown }), cards: [], suggestions: [] };
    case 'back':
      return {
        language,
        text: say('back'),
        cards: outcome.products.map((product) => cardOf({ product }, new Set(), language, tools)),
        suggestions: nextSteps(false, language, tools.translator),
      };
  }
}

/** The feed's word for a colour, in the shopper's language where the lexicons know it by that id. */
function colorName(value: string, { language }: Outcome, { vocabulary }: CardTools): string {
  return vocabulary.name('color', value.toLowerCase(), language);
}
