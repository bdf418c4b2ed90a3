import type { FacetQuestion, Language, Suggestion, Vocabulary } from '../domain';
import { formatMoney, type Translator } from './i18n';

interface AskTools {
  readonly translator: Translator;
  readonly vocabulary: Vocabulary;
  /** The shop's. */
  readonly currency: string;
}

/** What a question can be answered with by a tap: its values, then that it doesn't matter. */
export function answersTo({ facet, values }: FacetQuestion, language: Language, tools: AskTools): Suggestion[] {
  const { translator, vocabulary } = tools;
  const answers = values.map((value) => {
    if (facet === 'price') return priceWords(value, language, tools);
    return vocabulary.said(facet, value, language);
  });
  return [...answers, translator.text(language, 'ask.noPreference')].map((text) => ({ title: text, value: text }));
}

/** Words for a range of prices as `FacetQuestion` has it. */
function priceWords(range: string, language: Language, { translator, currency }: AskTools): string {
  const [min, max] = range.split('-').map((minor) => {
    return minor === '' ? undefined : formatMoney({ minor: Number(minor), currency }, language);
  });
  if (min === undefined) return translator.text(language, 'price.under', { max });
  if (max === undefined) return translator.text(language, 'price.over', { min });
  return translator.text(language, 'price.between', { min, max });
}
