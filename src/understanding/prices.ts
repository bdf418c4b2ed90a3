import type { Language, Money, PriceRange } from '../domain';
import { type FoundAmount, findAmounts, toShopMoney } from './amounts';
import { fold } from './fold';
import type { LexiconFile } from './lexicon';

export interface FoundPrice {
  readonly range: PriceRange;
  /** Spans of the text that the price explains. */
  readonly spans: readonly (readonly [number, number])[];
  /** An amount with a currency, and no word that says what it is. */
  readonly bare?: true;
}

type CueName = 'between' | 'under' | 'over' | 'about';
const ORDER: readonly CueName[] = ['between', 'under', 'over', 'about'];
/** "About 50" means 40 to 60. */
const ABOUT = 0.2;

interface Cue {
  readonly name: CueName;
  readonly regex: RegExp;
  /** Nothing but amounts and marks ("20 - 40"): only a price when a currency is said. */
  readonly needsCurrency: boolean;
  /** It has a word that is long enough to be known in a text of another language. */
  readonly isClear: boolean;
}

const CLEAR = /\p{L}{4}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Cyrillic}]{2}/u;

const compiled = new Map<Language, { cues: readonly Cue[]; trigger: RegExp }>();
const escapePattern = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function cuesOf(file: LexiconFile): { cues: readonly Cue[]; trigger: RegExp } {
  let known = compiled.get(file.language);
  if (known) return known;
  const cues: Cue[] = [];
  const triggers: string[] = [];
  for (const name of ORDER) {
    const templates = [...(file.cues[name] ?? [])].sort((a, b) => b.length - a.length);
    for (const template of templates) {
      const parts = fold(template).split(/(\{[ab]\})/);
      const source = parts
        .map((part) => {
          if (/^\{[ab]\}$/.test(part)) return String.raw`\u0001(\d+)\u0002`;
          const text = part.trim();
          if (!text) return '';
          triggers.push(escapePattern(text));
          const before =
            /^\p{L}/u.test(text) && !/^[\p{Script=Han}\p{Script=Hiragana}]/u.test(text) ? '(?<!\\p{L})' : '';
          const after = /\p{L}$/u.test(text) && !/[\p{Script=Han}\p{Script=Hiragana}]$/u.test(text) ? '(?!\\p{L})' : '';
          return before + escapePattern(text).replace(/\s+/g, '\\s+') + after;
        })
        .join('\\s{0,3}');
      const needsCurrency =
        !/\p{L}/u.test(template.replace(/\{[ab]\}/g, '')) || (template.startsWith('{a}') && name === 'between');
      const isClear = name !== 'about' && CLEAR.test(template);
      cues.push({ name, regex: new RegExp(source, 'u'), needsCurrency, isClear });
    }
  }
  known = { cues, trigger: triggerOf(triggers, file) };
  compiled.set(file.language, known);
  return known;
}

/** Shorter Latin cues ("a", "de") stand in every sentence. */
const SHORTEST_TRIGGER = 4;

/** Matches folded text in which number words may be a price: it names a currency or says "under", "between" … */
function triggerOf(cues: readonly string[], file: LexiconFile): RegExp {
  const words = [
    ...cues,
    ...Object.values(file.currencies)
      .flat()
      .map((name) => escapePattern(fold(name))),
  ];
  const alternatives = words
    .filter((word) => /\p{L}/u.test(word))
    .flatMap((word) => {
      if (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(word)) return [word];
      return word.length >= SHORTEST_TRIGGER ? [`(?<!\\p{L})${word}(?!\\p{L})`] : [];
    });
  return new RegExp(alternatives.join('|') || '(?!)', 'u');
}

/** Finds one price range ("under 50 €", "200元以下", "entre 20 y 40 euros") in the shop's currency. */
export function findPrice(
  text: string,
  file: LexiconFile,
  currency: string,
  rates: Readonly<Record<string, number>>,
): FoundPrice | undefined {
  const { cues, trigger } = cuesOf(file);
  const hasDigit = /\d/.test(text);
  const amounts = findAmounts(text, file, !hasDigit && trigger.test(fold(text)));
  if (amounts.length === 0) return undefined;
  const marked = markAmounts(text, amounts);
  for (const cue of cues) {
    const match = cue.regex.exec(marked.text);
    const first = amounts[Number(match?.[1] ?? -1)];
    if (!match || !first) continue;
    const second = match[2] === undefined ? undefined : amounts[Number(match[2])];
    if (cue.needsCurrency && !first.currency && !second?.currency) continue;
    const range = rangeOf(cue.name, first, second, currency, rates);
    if (!range) continue;
    const start = marked.original[match.index] ?? 0;
    const end = marked.original[match.index + match[0].length] ?? text.length;
    return { range, spans: [[start, end]] };
  }
  const bare = amounts.find((amount) => amount.currency !== undefined);
  const range = bare && rangeOf('about', bare, undefined, currency, rates);
  return bare && range ? { range, spans: [[bare.start, bare.end]], bare: true } : undefined;
}

/** The same of a text that is partly in another language ("mochila under 30"): its words count where the text's own say nothing. */
export function findMixedPrice(
  text: string,
  file: LexiconFile,
  others: readonly LexiconFile[],
  currency: string,
  rates: Readonly<Record<string, number>>,
): FoundPrice | undefined {
  const own = findPrice(text, file, currency, rates);
  if ((own && !own.bare) || !/\d/.test(text)) return own;
  // Bare numbers will do to see whether it is worth a closer look.
  const marked = fold(text).replace(/\d+/g, '\u0001$&\u0002');
  for (const other of others) {
    const cues = cuesOf(other).cues.filter(({ isClear }) => isClear);
    const isSaid = cues.some(({ regex }) => regex.test(marked));
    const found = isSaid ? findPrice(text, other, currency, rates) : undefined;
    if (found && !found.bare) return found;
  }
  return own;
}

/** Replaces amounts by marks and folds the rest letter by letter, remembering where each letter came from. */
function markAmounts(text: string, amounts: readonly FoundAmount[]): { text: string; original: number[] } {
  let out = '';
  const original: number[] = [];
  const put = (piece: string, from: number) => {
    for (let i = 0; i < piece.length; i++) original.push(from);
    out += piece;
  };
  let at = 0;
  const plain = (until: number) => {
    while (at < until) {
      const letter = String.fromCodePoint(text.codePointAt(at) ?? 32);
      put(fold(letter), at);
      at += letter.length;
    }
  };
  amounts.forEach((amount, index) => {
    plain(amount.start);
    put(`\u0001${index}\u0002`, amount.start);
    at = amount.end;
  });
  plain(text.length);
  original.push(text.length);
  return { text: out, original };
}

function rangeOf(
  cue: CueName,
  first: FoundAmount,
  second: FoundAmount | undefined,
  currency: string,
  rates: Readonly<Record<string, number>>,
): PriceRange | undefined {
  const shared = first.currency ?? second?.currency;
  const a = toShopMoney({ ...first, currency: shared }, currency, rates);
  if (!a) return undefined;
  if (cue === 'under') return { max: a.money, ...(a.said && { said: { max: a.said } }) };
  if (cue === 'over') return { min: a.money, ...(a.said && { said: { min: a.said } }) };
  if (cue === 'about') {
    const { money } = a;
    return {
      min: { ...money, minor: Math.round(money.minor * (1 - ABOUT)) },
      max: { ...money, minor: Math.round(money.minor * (1 + ABOUT)) },
      ...(a.said && { said: { min: a.said, max: a.said } }),
    };
  }
  const b = second && toShopMoney({ ...second, currency: second.currency ?? shared }, currency, rates);
  if (!b) return undefined;
  const [low, high] = a.money.minor <= b.money.minor ? [a, b] : [b, a];
  const said: { min?: Money; max?: Money } = {};
  if (low.said) said.min = low.said;
  if (high.said) said.max = high.said;
  return { min: low.money, max: high.money, ...(low.said && { said }) };
}
