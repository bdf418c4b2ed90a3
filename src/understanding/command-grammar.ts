import type { Command, CommandAction, Mentioned, Reference } from '../domain';
import { COMMAND_ACTIONS, pairingCodeIn } from '../domain';
import { type CommandsFile, NAMED_FACETS } from './commands-file';
import { digitsFiller, type Filled, type Filler, phrasesFiller, remembered, Templates, wordsFiller } from './grammar';
import { type Unit, units } from './units';

/** Words that describe one thing, and parts of a list. */
const MOST_DESCRIBING = 5;
const MOST_CHANGING = 8;
const MOST_LISTED = 6;
/** More than any command has. */
const MOST_UNITS = 100;
const MOST_OF_AMOUNT = 4;

/** What a slot stands for. */
interface Part {
  readonly references?: readonly Reference[];
  readonly quantity?: number;
  readonly variant?: string;
  readonly code?: string;
  readonly change?: string;
  readonly facets?: NonNullable<Command['facets']>;
  readonly amount?: string;
  /** How many words describe something in the shopper's own way. */
  readonly free?: number;
}

/** One language's commands, ready to read utterances. */
export class CommandGrammar {
  private readonly actions: readonly (readonly [CommandAction, Templates])[];
  private readonly positions: Templates;
  private readonly described: Templates;
  private readonly loosely: Templates;
  private readonly variants: Templates;
  private readonly numbers: Filler<number>;
  private readonly ordinals: Filler<number>;
  private readonly measures: Filler<true>;
  private readonly and: Filler<true>;
  private readonly pointers: Filler<readonly Reference[]>;
  private readonly fillers: Filler<true>;
  private readonly again: Filler<true>;
  /** Words for the basket. */
  readonly baskets: Filler<true>;
  private readonly facets: Filler<Part>;
  private readonly freeing: Filler<Part>;

  constructor(private readonly file: CommandsFile) {
    const { words, numbers, ordinals, most } = file;
    const templates = (sources: readonly string[]) => new Templates(sources, words);
    this.actions = COMMAND_ACTIONS.map((action) => [action, templates(file.actions[action])] as const);
    this.positions = templates(file.positions);
    this.described = templates(file.described);
    this.loosely = templates(file.describedLoosely);
    this.variants = templates(file.variant);
    this.numbers = phrasesFiller(byNumber(numbers));
    this.ordinals = phrasesFiller(byNumber(ordinals));
    const marks = (phrases: readonly string[]) => phrasesFiller(phrases.map((phrase) => [phrase, true as const]));
    this.measures = marks(file.measures);
    this.and = marks(file.and);
    this.fillers = marks(file.fillers);
    this.again = marks(file.again);
    this.baskets = marks(words.basket ?? []);
    const pointer = (phrases: readonly string[], reference: Reference) =>
      phrases.map((phrase) => [phrase, [reference]] as const);
    this.pointers = phrasesFiller([
      ...pointer(file.pronouns, { kind: 'pronoun' }),
      ...pointer(file.other, { kind: 'other' }),
      ...pointer(file.these, { kind: 'these' }),
      ...pointer(file.all, { kind: 'all' }),
      ...pointer(file.photo, { kind: 'photo' }),
      ...pointer(most.cheapest, { kind: 'most', by: 'cheapest' }),
      ...pointer(most.mostExpensive, { kind: 'most', by: 'mostExpensive' }),
      ...pointer(most.bestRated, { kind: 'most', by: 'bestRated' }),
    ]);
    const named = (by: 'names' | 'free') =>
      NAMED_FACETS.flatMap((facet) => file.facets[facet][by].map((phrase) => [phrase, { facets: [facet] }] as const));
    this.facets = phrasesFiller<Part>(named('names'));
    this.freeing = phrasesFiller<Part>(named('free'));
  }

  /**
   * Takes polite words off, one after the other, until what is left is a command. Of all ways to read it, the one that leaves
   * the fewest words to describe something is meant.
   *
   * @param describes whether words of the shopper's own are read at all: in a language that is only guessed they could be anything
   */
  read(text: string, all: readonly Unit[], describes: boolean): Omit<Command, 'language'> | undefined {
    const slots = this.slotsFor(text, describes);
    let best: { readonly command: Omit<Command, 'language'>; readonly free: number } | undefined;
    for (let cut: readonly Unit[] | undefined = all; cut; cut = this.withoutFiller(cut)) {
      for (const [action, templates] of this.actions) {
        for (const filled of templates.whole(cut, slots)) {
          const { free: words = 0, ...part } = merged(filled);
          // Who asks whether there is one in blue is told so, however many words say which.
          const free = part.variant === undefined ? words : Math.min(words, 0.9 + words / MOST_UNITS);
          if (!best || free < best.free) best = { command: { action, references: [], ...part }, free };
          if (best.free === 0) return best.command;
        }
      }
    }
    return best?.command;
  }

  /** What is pointed at and counted anywhere in an utterance, from left to right, the longest of each place. */
  mentions(text: string, cut: readonly Unit[]): Mentioned {
    const { plain, m } = this.slotsFor(text, false);
    const parts: Part[] = [];
    const numbers: number[] = [];
    for (let at = 0; at < cut.length; ) {
      const here = [plain, m].flatMap((slot) => [...(slot?.(at, cut) ?? [])]);
      const longest = here.reduce((best, each) => (each.end > best.end ? each : best), { end: at, value: {} as Part });
      parts.push(longest.value);
      const counts = longest.value.quantity ?? (longest.end === at ? this.numberAt(at, cut) : undefined);
      if (counts !== undefined) numbers.push(counts);
      at = Math.max(at + 1, longest.end);
    }
    const { references = [], quantity } = joined(parts);
    const again = cut.some((_, at) => [...this.again(at, cut)].length > 0);
    return { references, numbers, ...(quantity !== undefined && { quantity }), ...(again && { again }) };
  }

  /** The number that a word or digits are; of Chinese characters many are parts of words, and none is taken. */
  private numberAt(at: number, cut: readonly Unit[]): number | undefined {
    if (cut[at]?.cjk) return undefined;
    for (const { value } of either(digitsFiller(at, cut), this.numbers(at, cut), timesFiller(at, cut))) return value;
    return undefined;
  }

  private withoutFiller(cut: readonly Unit[]): readonly Unit[] | undefined {
    for (const { end } of this.fillers(0, cut)) if (end < cut.length) return cut.slice(end);
    for (let at = 1; at < cut.length; at++) {
      for (const { end } of this.fillers(at, cut)) if (end === cut.length) return cut.slice(0, at);
    }
    return undefined;
  }

  private slotsFor(text: string, describes: boolean): Readonly<Record<string, Filler<Part>>> {
    const number: Filler<number> = (at, cut) => either(digitsFiller(at, cut), this.numbers(at, cut));
    const places = { n: number, o: this.ordinal() };
    const words = { x: wordsFiller(text, describes ? MOST_DESCRIBING : 0) };
    const position: Filler<Part> = from(this.positions, places, ([place]) => ({
      references: [{ kind: 'position', at: place?.value ?? 0 }],
    }));
    const bare: Filler<Part> = mapped(digitsFiller, (at) => ({
      references: [{ kind: 'position', at, bare: true }],
    }));
    const description = (templates: Templates): Filler<Part> =>
      from(templates, words, ([said]) => {
        const { value = '' } = said ?? {};
        const cut = units(value);
        // "That 4.", "the number 2 there": a place, not what something is like.
        for (const { end, value: place } of either(position(0, cut), bare(0, cut)))
          if (end === cut.length) return place;
        return { references: [{ kind: 'described', words: value }], free: cut.length };
      });
    const pointer: Filler<Part> = mapped(this.pointers, (references) => ({ references }));
    const [strictly, loosely] = [description(this.described), description(this.loosely)];
    const counted: Filler<Part> = mapped(number, (place) => ({ references: [{ kind: 'position', at: place }] }));
    const plain: Filler<Part> = remembered((at, cut) => either(position(at, cut), pointer(at, cut)));
    const s: Filler<Part> = remembered((at, cut) => either(plain(at, cut), strictly(at, cut), bare(at, cut)));
    const one: Filler<Part> = remembered((at, cut) => either(s(at, cut), loosely(at, cut)));
    const numbered: Filler<Part> = remembered((at, cut) => either(position(at, cut), counted(at, cut)));
    const list: Filler<Part> = (at, cut) =>
      either(this.listed(numbered, this.between(true), at, cut), this.listed(one, this.between(false), at, cut));
    const r: Filler<Part> = remembered((at, cut) => either(one(at, cut), list(at, cut)));
    const m: Filler<Part> = remembered(
      sequence([mapped(number, (quantity) => ({ quantity })), mapped(this.measures, () => ({}))]),
    );
    const q: Filler<Part> = remembered((at, cut) =>
      either(m(at, cut), mapped(number, (quantity) => ({ quantity }))(at, cut)),
    );
    const v: Filler<Part> = remembered(
      from(this.variants, words, ([said]) => {
        const { value = '' } = said ?? {};
        return { variant: value, free: units(value).length };
      }),
    );
    const orders = [[r], [r, v], [q, r, v], [r, v, q], [r, q, v], [q, v], [q, r], [r, q], [q], [v]].map(sequence);
    const p: Filler<Part> = remembered((at, cut) => either(...orders.map((each) => each(at, cut))));
    // However many words there are: what could stand around a command may be part of what is to be otherwise.
    const w: Filler<Part> = mapped(wordsFiller(text, describes ? MOST_CHANGING : 0), (change) => ({ change, free: 1 }));
    const a: Filler<Part> = function* (at, cut) {
      for (const { end, value } of wordsFiller(text, MOST_OF_AMOUNT)(at, cut)) {
        if (/\d/.test(value)) yield { end, value: { amount: value } };
      }
    };
    const [k, c] = [code(pairingCodeIn), code(mistypedCodeIn)];
    return { n: counted, s, r, m, q, p, v, plain, w, a, f: this.facets, free: this.freeing, k, c };
  }

  /** What separates the parts of a list; numbers may stand side by side. */
  private between(sideBySide: boolean): Filler<true> {
    return (at, cut) => either(this.and(at, cut), sideBySide ? [{ end: at, value: true as const }] : []);
  }

  /** Ordinal words, and numbers with an ordinal's ending ("2nd"). */
  private ordinal(): Filler<number> {
    const ending = new RegExp(`^(\\d{1,2})(?:${this.file.ordinalSuffixes.join('|') || '(?!)'})$`);
    const inOneWord: Filler<number> = function* (at, cut) {
      const digits = ending.exec(cut[at]?.folded ?? '')?.[1];
      if (digits !== undefined) yield { end: at + 1, value: Number(digits) };
    };
    return (at, cut) => either(this.ordinals(at, cut), inOneWord(at, cut));
  }

  /** "1 and 3", "the first, the second and the last". */
  private *listed(
    one: Filler<Part>,
    between: Filler<true>,
    at: number,
    cut: readonly Unit[],
    before?: Part,
  ): ReturnType<Filler<Part>> {
    for (const { end, value } of one(at, cut)) {
      const so = before ? joined([before, value]) : value;
      if (before) yield { end, value: so };
      if ((so.references?.length ?? 0) >= MOST_LISTED) continue;
      for (const next of between(end, cut)) yield* this.listed(one, between, next.end, cut, so);
    }
  }
}

/** "2x", "x2". */
const timesFiller: Filler<number> = function* (at, cut) {
  const [, before, after] = /^(?:(\d{1,2})[x×]|[x×](\d{1,2}))$/u.exec(cut[at]?.folded ?? '') ?? [];
  const digits = before ?? after;
  if (digits !== undefined) yield { end: at + 1, value: Number(digits) };
};

/** What looks like a code, in one word or two. */
function code(codeIn: (text: string) => string | undefined): Filler<Part> {
  return function* (at, cut) {
    const [first, second] = [cut[at], cut[at + 1]];
    const one = first && codeIn(first.surface);
    if (one) yield { end: at + 1, value: { code: one } };
    const both = first && second && codeIn(first.surface + second.surface);
    if (both) yield { end: at + 2, value: { code: both } };
  };
}

/** Some letters and digits, of which not all can be meant. */
function mistypedCodeIn(text: string): string | undefined {
  return /^[a-z\d]{6,10}$/i.exec(text.normalize('NFKC'))?.[0];
}

function byNumber(phrases: Readonly<Record<string, readonly string[]>>): (readonly [string, number])[] {
  return Object.entries(phrases).flatMap(([number, each]) => each.map((phrase) => [phrase, Number(number)] as const));
}

function* either<T>(...fillings: readonly Iterable<T>[]): Iterable<T> {
  for (const filling of fillings) yield* filling;
}

function mapped<T, U>(filler: Filler<T>, map: (value: T) => U): Filler<U> {
  return function* (at, cut) {
    for (const { end, value } of filler(at, cut)) yield { end, value: map(value) };
  };
}

function from<T, U>(
  templates: Templates,
  slots: Readonly<Record<string, Filler<T>>>,
  map: (filled: Filled<T>) => U,
): Filler<U> {
  return function* (at, cut) {
    for (const { end, filled } of templates.matches(at, cut, slots)) yield { end, value: map(filled) };
  };
}

function sequence(fillers: readonly Filler<Part>[]): Filler<Part> {
  return function* (at, cut) {
    const [first, ...rest] = fillers;
    if (!first) {
      yield { end: at, value: {} };
      return;
    }
    for (const { end, value } of first(at, cut)) {
      for (const later of sequence(rest)(end, cut)) yield { end: later.end, value: joined([value, later.value]) };
    }
  };
}

function merged(filled: Filled<Part>): Part {
  return joined(filled.map(({ value }) => value));
}

function joined(parts: readonly Part[]): Part {
  const references = parts.flatMap((part) => part.references ?? []);
  const free = parts.reduce((sum, part) => sum + (part.free ?? 0), 0);
  return { ...Object.assign({}, ...parts), references, free };
}
