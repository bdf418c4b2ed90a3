import { LATIN, type Language } from '../domain';
import { splitCompound, withoutDigraphs } from './compound';
import type { Lexicons } from './lexicon';
import { stem } from './stem';
import { type Unit, units } from './units';

const LETTERS: readonly (readonly [RegExp, Language, number])[] = [
  [/[ñ¿¡]/i, 'es', 3],
  [/ß/i, 'de', 3],
  [/[ãõ]/i, 'pt', 3],
  [/[äü]/i, 'de', 1],
  [/[œèùûâêîëï]/i, 'fr', 1],
  [/[êâç]/i, 'pt', 0.5],
  [/ç/i, 'fr', 0.5],
];
/** Sizes, single letters, numbers and what is said everywhere: alone they tell no language. */
const NEUTRAL = /^(?:\p{Script=Latin}|x{1,4}[sl]|ok(?:ay)?|hm+|\d+)$/u;
/** What of these is in some lexicons by chance. */
const UNCOUNTED = /^(?:x{1,4}[sl]|\d+)$/u;
/** E-mail and web addresses tell no language. */
const ADDRESSES = /\S+@\S+|https?:\/\/\S+/gu;
/** Enough to tell; the rest of a long text changes nothing. */
const MOST_UNITS = 60;
/** How much the words must speak for another language before the conversation's own is left. */
const HINT = 0.75;

/**
 * The language of a short text: by script first, then by which language's function words, lexicon and letters it uses.
 * `hint` (the conversation's language) wins where the text fits it as well as any other; without one English does.
 */
export function detectLanguage(text: string, lexicons: Lexicons, hint?: Language): Language {
  const cut = units(text.slice(0, 2_000).replace(ADDRESSES, ' ')).slice(0, MOST_UNITS);
  if (hint && tellsNoLanguage(cut)) return hint;
  const byScript = languageByScript(cut, hint);
  if (byScript) return byScript;
  if (hint && isPhrase(cut, hint, lexicons)) return hint;
  const known = LATIN.map((language) => lexiconScore(cut, language, lexicons));
  // Where no lexicon knows a word, the one with a word one letter away may.
  const scores = known.some((score) => score > 0)
    ? known
    : LATIN.map((language) => guessScore(cut, language, lexicons));
  // A name of a brand, in a conversation of another script.
  if (hint && !LATIN.includes(hint) && scores.every((score) => score === 0)) return hint;
  let best: Language = hint && LATIN.includes(hint) ? hint : 'en';
  let bestScore = -1;
  LATIN.forEach((language, index) => {
    let score = (scores[index] ?? 0) + (language === hint ? HINT : language === 'en' ? 0.1 : 0);
    for (const [letters, owner, weight] of LETTERS) if (owner === language && letters.test(text)) score += weight;
    if (score > bestScore) {
      best = language;
      bestScore = score;
    }
  });
  return best;
}

/** True where nothing of a text says in which language it is: "M", "ok", "40". */
export function tellsNoLanguage(cut: readonly Unit[]): boolean {
  return cut.every(({ folded }) => NEUTRAL.test(folded));
}

/** Is a text as a whole a phrase of a language, whatever its words are in others ("yo-yos")? */
function isPhrase(cut: readonly Unit[], language: Language, lexicons: Lexicons): boolean {
  const folded = cut.map((unit) => unit.folded);
  const stems = cut.map((unit) => stem(unit.surface, language));
  return lexicons.byLanguage[language].find(folded, stems)?.some(({ type }) => type !== 'stop') ?? false;
}

function guessScore(cut: readonly Unit[], language: Language, lexicons: Lexicons): number {
  const lexicon = lexicons.byLanguage[language];
  return cut.filter(
    (unit) =>
      lexicon.typos.near(unit.folded).length > 0 ||
      withoutDigraphs(unit.folded, lexicon) !== undefined ||
      splitCompound(unit.folded, lexicon) !== undefined,
  ).length;
}

function languageByScript(cut: readonly Unit[], hint: Language | undefined): Language | undefined {
  let han = 0;
  let cyrillic = 0;
  let latin = 0;
  for (const unit of cut) {
    if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(unit.surface)) return 'ja';
    if (unit.cjk) han += 1;
    else if (/\p{Script=Cyrillic}/u.test(unit.surface)) cyrillic += 1;
    else if (/\p{Script=Latin}/u.test(unit.surface)) latin += 1;
  }
  if (han > 0) return hint === 'ja' ? 'ja' : 'zh';
  if (cyrillic > 0) return 'ru';
  // Numbers, emoji or an unknown script alone say nothing.
  return latin === 0 ? (hint ?? 'en') : undefined;
}

function lexiconScore(cut: readonly Unit[], language: Language, lexicons: Lexicons): number {
  const lexicon = lexicons.byLanguage[language];
  let score = 0;
  for (const unit of cut) {
    if (UNCOUNTED.test(unit.folded)) continue;
    const exact = lexicon.word(unit.folded);
    if (exact?.some((concept) => concept.type === 'stop')) score += unit.folded.length > 1 ? 1 : 0.4;
    else if (exact) score += 1;
    else if (lexicon.priceWords.has(unit.folded)) score += unit.folded.length > 1 ? 0.6 : 0.2;
    else if (lexicon.find([unit.folded], [stem(unit.surface, language)])) score += 0.7;
  }
  return score;
}
