import {
  type DialogOutcome,
  type Language,
  type RecommendedProduct,
  type Reply,
  type Suggestion,
  textIn,
  type Vocabulary,
} from '../domain';
import { type CardTools, cardOf } from './card';
import type { Translator } from './i18n';

type Outcome = Extract<DialogOutcome, { kind: 'forYou' | 'goesWith' }>;

/** Products that were not asked for in words, each with why it is there. */
export function recommendedReply(outcome: Outcome, tools: CardTools): Reply {
  const { language, recommended } = outcome;
  const { translator } = tools;
  return {
    language,
    text: leadOf(outcome, translator),
    cards: recommended.results.map((result) => {
      const why = whyRecommended(result, language, tools);
      return cardOf({ product: result.product, why }, new Set(), language, tools);
    }),
    suggestions: nextSteps(recommended.more, language, translator),
    ...(outcome.kind === 'forYou' && outcome.answered === 'yes' && { remembers: true }),
  };
}

function leadOf(outcome: Outcome, translator: Translator): string {
  const { language, continued, recommended } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) => translator.text(language, key, values);
  if (outcome.kind === 'goesWith') {
    return continued ? say('moreGoesWith') : say('goesWith', { title: textIn(outcome.product, language).title });
  }
  if (continued) return say('forYouMore');
  const lead = say(recommended.results[0]?.because === 'taste' ? 'forYou' : 'forYouRated');
  if (outcome.answered === undefined) return lead;
  return `${say(outcome.answered === 'yes' ? 'consented' : 'declined')}\n${lead}`;
}

function whyRecommended(
  { because, attributes = {} }: RecommendedProduct,
  language: Language,
  { translator, vocabulary }: { readonly translator: Translator; readonly vocabulary: Vocabulary },
): string {
  if (because !== 'matches') return translator.text(language, `why.${because === 'taste' ? 'history' : because}`);
  const names = (['color', 'material'] as const).flatMap((type) =>
    (attributes[type] ?? []).map((id) => vocabulary.name(type, id, language)),
  );
  return [...new Set(names)].join(' · ');
}

/** What may be said next. */
export function nextSteps(more: boolean, language: Language, translator: Translator): Suggestion[] {
  return suggest([...(more ? ['more'] : []), 'startOver', 'help'], language, translator);
}

export function suggest(keys: readonly string[], language: Language, translator: Translator): Suggestion[] {
  return keys.map((key) => {
    const text = translator.text(language, `suggestions.${key}`);
    return { title: text, value: text };
  });
}
