import type { DialogOutcome, Language, Passage, Reply, Suggestion } from '../domain';
import type { Translator } from './i18n';
import { suggest } from './recommended';

/** Longest passage that is told whole, in UTF-16 units. */
const LONGEST = 420;

/** A passage of the merchant's files, shortened, with its source. */
export function answerReply(outcome: Extract<DialogOutcome, { kind: 'answer' }>, translator: Translator): Reply {
  const { language, passage, near, foreign } = outcome;
  const say = (key: string, values = {}) => translator.text(language, `knowledge.${key}`, values);
  const lines = [
    ...(foreign ? [say('foreign', { language: nameOf(passage.language, language) })] : []),
    shorten(passage.text, passage.language, LONGEST),
    say('source', { title: passage.title, heading: passage.heading }),
    ...(near.length > 0 ? [say('else')] : []),
  ];
  return { language, text: lines.join('\n'), cards: [], suggestions: headings(near) };
}

/** That the shop's files don't say it, what may be meant, and whether a person is wanted. */
export function unansweredReply(
  { language, near, offersPerson }: Extract<DialogOutcome, { kind: 'unanswered' }>,
  translator: Translator,
): Reply {
  const lines = [
    translator.text(language, 'knowledge.unanswered'),
    ...(near.length > 0 ? [translator.text(language, 'knowledge.near')] : []),
    ...(offersPerson ? [translator.text(language, 'person.offer')] : []),
  ];
  const answers = offersPerson ? suggest(['yes', 'no'], language, translator) : [];
  return { language, text: lines.join('\n'), cards: [], suggestions: [...headings(near), ...answers] };
}

/** As many whole sentences from the beginning as fit, and a sign where some were left out. */
export function shorten(text: string, language: Language, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)) {
    if (kept.length + segment.length > longest) break;
    kept += segment;
  }
  return kept === ''
    ? `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`
    : `${kept.trimEnd()} […]`;
}

function headings(passages: readonly Passage[]): Suggestion[] {
  return passages.map(({ heading }) => ({ title: heading, value: heading }));
}

/** What a language is called in another. */
export function nameOf(language: string, inLanguage: Language): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language;
}
