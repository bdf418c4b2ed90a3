import { LATIN, type Language } from '../domain';
import { splitCompound, withoutDigraphs } from './compound';
import type { Lexicons } from './lexicon';
import { stem } from './stem';
import { type Unit, units } from './units';

/** Sizes, single letters, numbers and what is said everywhere: alone they tell no language. */
const NEUTRAL = /^(?:\p{Script=Latin}|x{1,4}[sl]|ok(?:ay)?|hm+|\d+)$/u;
/** What of these is in some lexicons by chance. */
const UNCOUNTED = /^(?:x{1,4}[sl]|\d+)$/u;
/** E-mail and web addresses tell no language. */
const ADDRESSES = /\S+@\S+|https?:\/\/\S+/gu;
/** Names of brands in Latin letters tell nothing of what stands beside them. */
const NOT_HAN = /[^\p{Script=Han}々]+/gu;
/** Enough to tell; the rest of a long text changes nothing. */
const MOST_UNITS = 60;
/** How much more likely a text must be in another language before the conversation's own is left, as a logarithm. */
const HINT = 3;
/** … where no lexicon knows any of its words: it may be a name. */
const UNKNOWN = 2;
/** Of a word that a language's lexicon knows. */
const KNOWN = 0.5;
/** … of Han characters alone, of which both languages share most. */
const HAN_HINT = 5;
/** English comes first where others are as likely, and of words that no lexicon knows: most names are English. */
const TIE = 0.1;
const ENGLISH = 1;
/** Han characters alone, without a hint, are Chinese unless they clearly aren't. */
const CHINESE = 1;

/**
 * The language of a short text: by script first, then by which language's letters, words and lexicon it uses.
 * `hint` (the conversation's language) wins unless another is much more likely; without one English wins a tie.
 */
export function detectLanguage(text: string, lexicons: Lexicons, hint?: Language): Language {
  const said = text.slice(0, 2_000).replace(ADDRESSES, ' ');
  const cut = units(said).slice(0, MOST_UNITS);
  if (hint && tellsNoLanguage(cut)) return hint;
  const script = scriptOf(cut);
  if (script === 'kana') return 'ja';
  if (script === 'cyrillic') return 'ru';
  // Numbers, emoji or an unknown script alone say nothing.
  if (script === undefined) return hint ?? 'en';
  if (hint && isPhrase(cut, hint, lexicons)) return hint;
  return script === 'han' ? chineseOrJapanese(said, lexicons, hint) : ofLatin(said, cut, lexicons, hint);
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

function scriptOf(cut: readonly Unit[]): 'kana' | 'han' | 'cyrillic' | 'latin' | undefined {
  const writes = (script: RegExp) => cut.some(({ surface }) => script.test(surface));
  if (writes(/[\p{Script=Hiragana}\p{Script=Katakana}]/u)) return 'kana';
  if (cut.some(({ cjk }) => cjk)) return 'han';
  if (writes(/\p{Script=Cyrillic}/u)) return 'cyrillic';
  return writes(/\p{Script=Latin}/u) ? 'latin' : undefined;
}

/** Han characters alone: "送料無料" is Japanese, "免运费" Chinese, "黑色" either. */
function chineseOrJapanese(text: string, { writing }: Lexicons, hint: Language | undefined): Language {
  const [chinese = 0, japanese = 0] = writing?.logShares(text.replace(NOT_HAN, ' '), ['zh', 'ja']) ?? [];
  const most = hint === 'ja' ? -HAN_HINT : hint === 'zh' ? HAN_HINT : CHINESE;
  return japanese - chinese > most ? 'ja' : 'zh';
}

function ofLatin(text: string, cut: readonly Unit[], lexicons: Lexicons, hint: Language | undefined): Language {
  const known = LATIN.map((language) => lexiconScore(cut, language, lexicons));
  const isKnown = known.some((score) => score > 0);
  // One word that is in no lexicon is a name or a typing error.
  if (hint && !isKnown && cut.length === 1) return hint;
  // Where no lexicon knows a word, the one with a word one letter away may.
  const near = isKnown ? known : LATIN.map((language) => guessScore(cut, language, lexicons));
  const shares = lexicons.writing?.logShares(text, LATIN);
  const scores = near.map((score, index) => KNOWN * score + (shares?.[index] ?? 0));
  const kept = shares ? HINT + (isKnown ? 0 : UNKNOWN) : KNOWN;
  const english = isKnown ? TIE : ENGLISH;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  let best: Language = hint && LATIN.includes(hint) ? hint : 'en';
  let bestScore = Number.NEGATIVE_INFINITY;
  LATIN.forEach((language, index) => {
    const score = (scores[index] ?? 0) + (language === hint ? kept : language === 'en' ? english : 0);
    if (score > bestScore) {
      best = language;
      bestScore = score;
    }
  });
  // A name of a brand, in a conversation of another script.
  return hint && !LATIN.includes(hint) && bestScore - mean < kept ? hint : best;
}

/** How many words of a text may be misspelt ones of a language's lexicon, or made of several. */
function guessScore(cut: readonly Unit[], language: Language, lexicons: Lexicons): number {
  const lexicon = lexicons.byLanguage[language];
  return cut.filter(
    ({ folded }) =>
      lexicon.typos.near(folded).length > 0 ||
      withoutDigraphs(folded, lexicon) !== undefined ||
      splitCompound(folded, lexicon) !== undefined,
  ).length;
}

/** How many words of a text the lexicon of a language knows; some tell less than others. */
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
