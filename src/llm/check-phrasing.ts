import type { AnswerFacts, Language, TextAnalyzer } from '../domain';

/** Beside twice the answer's own length, in characters. */
const LONGEST = 240;
/** Stands for what was said exactly as the facts say it. */
const HOLE = ' \u25a1 ';
const HOLES = /\u25a1/g;
/** What a sentence is made of beside words: no digits, currencies, per cent, brackets, marks of markup or addresses. */
const PLAIN = /^[\p{L}\p{M}\s.,;:!?…—–'’‘"“”„«»‹›、。，！？：；「」『』¿¡·・-]*$/u;
/** A number with what stands by it: "50", "€1,299.00", "1 299,00 €". */
const AMOUNT = /(?:\p{Sc} ?)?\d(?:[\d.,’' ]*\d)?(?: ?(?:\p{Sc}|[A-Z]{3}\b))?/gu;
const QUOTED = /“[^“”]*”/g;
/** In which a product's title may stand. */
const MARKS = ['“”', '""', '«»', '„“', '‹›', '「」', '『』'] as const;
const LONGEST_TITLE = 150;
/** What no title has that is said in a sentence: what ends one, markup, addresses, quotation marks. */
const NO_NAME = /[:!?<>[\]{}@*_`#|\\“”"«»„‹›「」『』：！？]|\p{L}\.\p{L}/u;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;
/** Of a word that is looked through for others. */
const LONGEST_RUN = 12;

interface Tools {
  readonly analyzer: Pick<TextAnalyzer, 'analyse' | 'detectLanguage'>;
  readonly allowed: Readonly<Record<Language, readonly string[]>>;
}

/**
 * The phrasing of an answer, if it says nothing but the facts; undefined otherwise. It must be plain words of the language
 * in one line, of the length of an answer. What was understood must be in it, with the shopper's words that are quoted.
 * Numbers, prices and titles stand in it exactly as in the facts, titles in quotation marks (and only those that are plain
 * names), a product's price only after its own title. Beyond that
 * it is made of words of the built-in answer and of a list (`locales/<language>/phrasing.json`), and of no others: what a
 * product's title or a shopper's words say does not count as words that may be used.
 */
export function checkPhrasing(said: string, facts: AnswerFacts, tools: Tools): string | undefined {
  const text = spaced(said).trim();
  const { language } = facts;
  const answer = spaced(facts.text);
  if (INVISIBLE.test(text) || [...text].length > 2 * [...answer].length + LONGEST) return undefined;
  const quoted = answer.match(QUOTED) ?? [];
  const titles = facts.products.map(({ title }) => spaced(title));
  const amounts = longestFirst(cut(answer, [...quoted, ...titles]).match(AMOUNT) ?? []);
  if (![...quoted, ...amounts].every((part) => text.includes(part))) return undefined;
  const open = withoutPrices(text, amounts, facts.products);
  if (open === undefined) return undefined;
  const named = [...quoted, ...titles.filter((title) => answer.includes(title))];
  const rest = cutAmounts(cut(open, [...titles.flatMap(inMarks), ...named]), amounts);
  if (!PLAIN.test(rest.replace(HOLES, ' '))) return undefined;
  const words = formsOf(rest, language, tools);
  if (words.length === 0) return undefined;
  const known = new Set([
    ...formsOf(cutAmounts(cut(answer, named), amounts), language, tools).flat(),
    ...listed(language, tools),
  ]);
  if (!words.every((forms) => forms.some((form) => isMadeOf(form, known)))) return undefined;
  const understood = formsOf(cutAmounts(cut(spaced(facts.understood), named), amounts), language, tools);
  const has = new Set(words.flat());
  const isNamed = understood.every((forms) =>
    forms.some((form) => has.has(form) || (isCjk(form) && rest.includes(form))),
  );
  if (!isNamed || tools.analyzer.detectLanguage(rest.replace(HOLES, ' '), language) !== language) return undefined;
  return text;
}

/**
 * The text with holes for prices; undefined where one is out of its place: after a product's title stands no price but its
 * own, before any title none but the answer's.
 */
function withoutPrices(
  text: string,
  amounts: readonly string[],
  products: AnswerFacts['products'],
): string | undefined {
  const own = products.filter(({ price }) => price !== '').map(({ price }) => spaced(price));
  const said = amounts.filter((amount) => /\p{Sc}/u.test(amount));
  let open = text;
  for (const price of longestFirst([...own, ...said])) {
    for (let at = open.indexOf(price); at >= 0; at = open.indexOf(price)) {
      const last = lastNamed(open.slice(0, at), products);
      const isOwn = products.some((each) => spaced(each.title) === last && spaced(each.price) === price);
      if (last === undefined ? !said.includes(price) : !isOwn) return undefined;
      open = open.slice(0, at) + HOLE + open.slice(at + price.length);
    }
  }
  return open;
}

/** The title that ends last in a text; of several that end there the longest. */
function lastNamed(text: string, products: AnswerFacts['products']): string | undefined {
  let best: string | undefined;
  let end = -1;
  for (const title of longestFirst(products.map((product) => spaced(product.title)))) {
    const at = text.lastIndexOf(title);
    if (at >= 0 && at + title.length > end) [best, end] = [title, at + title.length];
  }
  return best;
}

/** A title as it may stand in a sentence. */
function inMarks(title: string): string[] {
  if (title.length > LONGEST_TITLE || NO_NAME.test(title)) return [];
  return MARKS.map(([open, close]) => `${open}${title}${close}`);
}

function longestFirst(parts: readonly string[]): string[] {
  return [...new Set(parts)].sort((one, other) => other.length - one.length);
}

/** The text with a hole where something stands that is said exactly. */
function cut(text: string, exact: readonly string[]): string {
  return longestFirst(exact.filter((part) => part !== '')).reduce((left, part) => left.replaceAll(part, HOLE), text);
}

/** The same for amounts, where they are no part of a longer number. */
function cutAmounts(text: string, amounts: readonly string[]): string {
  const literal = (amount: string) => amount.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return amounts.reduce(
    (left, amount) => left.replace(new RegExp(`(?<!\\d|\\d[.,’' ])${literal(amount)}(?![.,’' ]?\\d)`, 'gu'), HOLE),
    text,
  );
}

/** Prices have spaces that don't break; a model may write others. */
function spaced(text: string): string {
  return text.normalize('NFC').replace(/[\u00a0\u202f\u2009]/g, ' ');
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isCjk = (form: string) => CJK.test(form);

/** The words of a text, each by its folded form and its stem; a compound only by itself. */
function formsOf(text: string, language: Language, { analyzer }: Tools): string[][] {
  return analyzer.analyse(text, language).map(({ tokens }) => {
    const isWhole = tokens.length > 2 || isCjk(tokens[0] ?? '');
    return tokens.slice(0, isWhole ? 1 : 2);
  });
}

const lists = new WeakMap<readonly string[], ReadonlySet<string>>();

function listed(language: Language, tools: Tools): ReadonlySet<string> {
  const list = tools.allowed[language];
  let forms = lists.get(list);
  if (!forms) {
    forms = new Set(formsOf(list.join(' \n '), language, tools).flat());
    lists.set(list, forms);
  }
  return forms;
}

/** True for a known word and, in Chinese and Japanese, where a dictionary may cut differently, for several in a row. */
function isMadeOf(form: string, known: ReadonlySet<string>): boolean {
  if (known.has(form)) return true;
  if (!isCjk(form) || form.length > LONGEST_RUN) return false;
  for (let length = form.length - 1; length > 0; length--) {
    if (known.has(form.slice(0, length)) && isMadeOf(form.slice(length), known)) return true;
  }
  return false;
}
