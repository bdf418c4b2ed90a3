import { recognizeNumber } from '@microsoft/recognizers-text-suite';
import { convertMoney, type Language, type Money, minorDigits, parseAmount } from '../domain';
import type { LexiconFile } from './lexicon';
import { type FoundNumber, findNumberWords } from './number-words';

/** An amount found in a text; `currency` only where it was said. */
export interface FoundAmount {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly currency: string | undefined;
}

/** Cultures in which the recognizers know number words; German and Russian ones are found by `findNumberWords`. */
const CULTURES: Partial<Record<Language, string>> = {
  en: 'en-us',
  zh: 'zh-cn',
  es: 'es-es',
  fr: 'fr-fr',
  pt: 'pt-br',
  ja: 'ja-jp',
};
/** Number words stand near the start of a request; long texts are not searched (regular expressions grow). */
const LONGEST_SEARCHED = 200;
const NUMBER = String.raw`\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?![.,]?\d)`;

/** A letter of a script that puts spaces between words: what follows it at once is part of a name ("MP3"). */
const SPACED = String.raw`(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\p{L}`;

const escapePattern = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const patterns = new Map<Language, { regex: RegExp; codeOf: Map<string, string> }>();

function patternFor(file: LexiconFile): { regex: RegExp; codeOf: Map<string, string> } {
  let known = patterns.get(file.language);
  if (!known) {
    const codeOf = new Map<string, string>();
    for (const [code, list] of Object.entries(file.currencies)) {
      codeOf.set(code.toLowerCase(), code);
      for (const word of list) if (!codeOf.has(word.toLowerCase())) codeOf.set(word.toLowerCase(), code);
    }
    const names = [...codeOf.keys()]
      .sort((a, b) => b.length - a.length)
      .map((name) => {
        const lettered = /^[a-z\u00c0-\u04ff]/i.test(name);
        return lettered ? `(?<![\\p{L}])${escapePattern(name)}(?![\\p{L}])` : escapePattern(name);
      });
    const after = names.map((name) => name.replace('(?<![\\p{L}])', ''));
    const regex = new RegExp(
      `(?:(${names.join('|')})\\s{0,2})?(?<![\\d.,])(?<!${SPACED})(${NUMBER})(?:\\s{0,2}(${after.join('|')}))?`,
      'giu',
    );
    known = { regex, codeOf };
    patterns.set(file.language, known);
  }
  return known;
}

/** Amounts written in digits, and, where `wordsToo` and there are none, in number words. */
export function findAmounts(text: string, file: LexiconFile, wordsToo: boolean): FoundAmount[] {
  const { regex, codeOf } = patternFor(file);
  const found: FoundAmount[] = [];
  for (const match of text.matchAll(regex)) {
    const said = (match[1] ?? match[3])?.toLowerCase();
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      digits: match[2] ?? '',
      currency: said === undefined ? undefined : codeOf.get(said),
    });
  }
  if (found.length > 0 || !wordsToo) return found;
  const names = [...codeOf.keys()].sort((a, b) => b.length - a.length);
  for (const { start, end, value } of numbersIn(text.slice(0, LONGEST_SEARCHED), file.language)) {
    const rest = text.slice(end);
    const name = names.find((word) => rest.trimStart().toLowerCase().startsWith(word));
    found.push({
      start,
      end: name ? end + (rest.length - rest.trimStart().length) + name.length : end,
      digits: String(value),
      currency: name ? codeOf.get(name) : undefined,
    });
  }
  return found;
}

/** Numbers in words. */
function numbersIn(text: string, language: Language): FoundNumber[] {
  const culture = CULTURES[language];
  if (!culture) return findNumberWords(text, language);
  return recognizeNumber(text, culture).flatMap(({ start, end, resolution }) => {
    const value = Number(resolution?.value);
    return Number.isFinite(value) && value >= 0 && value <= 1e9 ? [{ start, end: end + 1, value }] : [];
  });
}

/**
 * An amount as money of the shop's currency. `rates` are shop units per unit of a currency; without a rate the number
 * counts in the shop's currency, as a shopper who looks at its prices means it.
 */
export function toShopMoney(
  amount: FoundAmount,
  currency: string,
  rates: Readonly<Record<string, number>>,
): { money: Money; said?: Money } | undefined {
  const own = amount.currency ?? currency;
  const said = parseAmount(amount.digits, own) ?? wholeAmount(amount.digits, own);
  if (!said) return undefined;
  if (own === currency) return { money: said };
  const rate = rates[own];
  if (rate === undefined) {
    const money = parseAmount(amount.digits, currency);
    return money && { money };
  }
  return { money: convertMoney(said, currency, rate), said };
}

function wholeAmount(digits: string, currency: string): Money | undefined {
  const value = Number(digits.replace(/[.,'’\s]/g, ''));
  return Number.isSafeInteger(value) ? { minor: value * 10 ** minorDigits(currency), currency } : undefined;
}
