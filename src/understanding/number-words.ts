import type { Language } from '../domain';

/** Where number words stand in a text, from a letter to the one after the last, and what they mean. */
export interface FoundNumber {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

const GERMAN: Readonly<Record<string, number>> = {
  ...{ ein: 1, eins: 1, zwei: 2, zwo: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10 },
  ...{ elf: 11, zwölf: 12, dreizehn: 13, vierzehn: 14, fünfzehn: 15, sechzehn: 16, siebzehn: 17, achtzehn: 18 },
  ...{ neunzehn: 19, zwanzig: 20, dreißig: 30, dreissig: 30, vierzig: 40, fünfzig: 50, sechzig: 60, siebzig: 70 },
  ...{ achtzig: 80, neunzig: 90 },
};

/** "zweihundertfünfzig", "eintausend", "fünfundzwanzig"; undefined for what is no number. */
function germanNumber(word: string): number | undefined {
  if (word === '') return 0;
  const whole = GERMAN[word];
  if (whole !== undefined) return whole;
  for (const [name, factor] of [
    ['tausend', 1_000],
    ['hundert', 100],
  ] as const) {
    const at = word.indexOf(name);
    if (at === -1) continue;
    const many = at === 0 ? 1 : germanNumber(word.slice(0, at));
    const rest = germanNumber(word.slice(at + name.length).replace(/^und/, ''));
    return many === undefined || many === 0 || rest === undefined ? undefined : many * factor + rest;
  }
  const [, ones, tens] = /^(.+?)und(.+)$/.exec(word) ?? [];
  const [one, ten] = [GERMAN[ones ?? ''], GERMAN[tens ?? '']];
  return one !== undefined && one < 10 && ten !== undefined && ten >= 20 ? one + ten : undefined;
}

/** Nominative and genitive, the cases that stand beside prices. */
const RUSSIAN: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, 'один одного одна одной'],
      [2, 'два двух две'],
      [3, 'три трех'],
      [4, 'четыре четырех'],
      [5, 'пять пяти'],
      [6, 'шесть шести'],
      [7, 'семь семи'],
      [8, 'восемь восьми'],
      [9, 'девять девяти'],
      [10, 'десять десяти'],
      [11, 'одиннадцать одиннадцати'],
      [12, 'двенадцать двенадцати'],
      [13, 'тринадцать тринадцати'],
      [14, 'четырнадцать четырнадцати'],
      [15, 'пятнадцать пятнадцати'],
      [16, 'шестнадцать шестнадцати'],
      [17, 'семнадцать семнадцати'],
      [18, 'восемнадцать восемнадцати'],
      [19, 'девятнадцать девятнадцати'],
      [20, 'двадцать двадцати'],
      [30, 'тридцать тридцати'],
      [40, 'сорок сорока'],
      [50, 'пятьдесят пятидесяти'],
      [60, 'шестьдесят шестидесяти'],
      [70, 'семьдесят семидесяти'],
      [80, 'восемьдесят восьмидесяти'],
      [90, 'девяносто девяноста'],
      [100, 'сто ста сотни'],
      [200, 'двести двухсот'],
      [300, 'триста трехсот'],
      [400, 'четыреста четырехсот'],
      [500, 'пятьсот пятисот'],
      [600, 'шестьсот шестисот'],
      [700, 'семьсот семисот'],
      [800, 'восемьсот восьмисот'],
      [900, 'девятьсот девятисот'],
      [1_000, 'тысяча тысячи тысяч'],
    ] as const
  ).flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)),
);

/** Numbers in words of the two languages that the recognizers don't know, in order; a mere one is an article or a pronoun. */
export function findNumberWords(text: string, language: Language): FoundNumber[] {
  const found: FoundNumber[] = [];
  const words = [...text.toLowerCase().matchAll(/\p{L}+/gu)];
  if (language === 'de') {
    for (const { 0: word, index } of words) {
      const value = germanNumber(word);
      if (value !== undefined && value > 1) found.push({ start: index, end: index + word.length, value });
    }
    return found;
  }
  if (language !== 'ru') return found;
  let last: { start: number; end: number; value: number; below: number } | undefined;
  for (const { 0: word, index } of words) {
    const value = RUSSIAN.get(word.replaceAll('ё', 'е'));
    const end = index + word.length;
    const goesOn = last !== undefined && text.slice(last.end, index).trim() === '';
    if (value === undefined) last = undefined;
    // "Five hundred twenty", "two thousand": smaller ones are added, a thousand multiplies.
    else if (last && goesOn && value === 1_000 && last.value < 1_000)
      Object.assign(last, { end, value: last.value * 1_000, below: 1_000 });
    else if (last && goesOn && value < last.below)
      Object.assign(last, { end, value: last.value + value, below: belowOf(value) });
    else {
      last = { start: index, end, value, below: belowOf(value) };
      found.push(last);
    }
  }
  return found.filter(({ value }) => value > 1).map(({ start, end, value }) => ({ start, end, value }));
}

/** What may follow a part of a number is smaller than this: after hundreds tens, after tens ones, after others nothing. */
function belowOf(value: number): number {
  if (value >= 1_000) return 1_000;
  if (value >= 100) return 100;
  return value >= 20 ? 10 : 0;
}
