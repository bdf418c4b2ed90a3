import { fold } from './fold';
import { type Unit, units } from './units';

/** What a slot may be filled with, from a unit on: where it ends, and what it means. */
export type Filler<T> = (at: number, cut: readonly Unit[]) => Iterable<{ readonly end: number; readonly value: T }>;

/** What a template's slots were filled with, in the order of the template. */
export type Filled<T> = readonly { readonly slot: string; readonly value: T }[];

/** A place in templates: how to go on from it. Choices come together again behind them. */
interface Step {
  readonly literals: Map<string, Step[]>;
  readonly slots: { readonly slot: string; readonly next: Step }[];
  readonly empty: Step[];
  isEnd: boolean;
}

/** A way to read some units; `literals` counts those that the template itself names. */
export interface Reading<T> {
  readonly end: number;
  readonly filled: Filled<T>;
  readonly literals: number;
}

const newStep = (): Step => ({ literals: new Map(), slots: [], empty: [], isEnd: false });

/** Templates that match runs of units. */
export class Templates {
  private readonly root = newStep();

  /**
   * @param sources texts with slots (`{n}`), choices (`(to|into|)`, an empty one for nothing; they don't nest) and names of word
   * lists (`<basket>`)
   * @param words the word lists
   */
  constructor(sources: readonly string[], words: Readonly<Record<string, readonly string[]>> = {}) {
    for (const source of sources) this.read(source, words).isEnd = true;
  }

  private read(source: string, words: Readonly<Record<string, readonly string[]>>): Step {
    return source.split(/(\{\w+\}|<\w+>|\([^()]*\))/).reduce((step, part) => {
      const [mark, name] = [part[0], part.slice(1, -1)];
      if (mark === '<') return choice(step, words[name] ?? [], words);
      if (mark === '(') return choice(step, name.split('|'), words);
      return mark === '{' ? slotStep(step, name) : literalSteps(step, part);
    }, this.root);
  }

  /** Every way to read units from `at` on. */
  matches<T>(at: number, cut: readonly Unit[], slots: Readonly<Record<string, Filler<T>>>): Iterable<Reading<T>> {
    return walk(this.root, { end: at, filled: [], literals: 0 }, cut, slots);
  }

  /** Every way to read all units, those first that name most of them themselves. */
  whole<T>(cut: readonly Unit[], slots: Readonly<Record<string, Filler<T>>>): readonly Filled<T>[] {
    return [...this.matches(0, cut, slots)]
      .filter(({ end }) => end === cut.length)
      .sort((one, other) => other.literals - one.literals)
      .map(({ filled }) => filled);
  }
}

/** Each alternative is literal, or holds slots and word lists. */
function choice(from: Step, alternatives: readonly string[], words: Readonly<Record<string, readonly string[]>>): Step {
  const join = newStep();
  for (const alternative of alternatives) {
    const end = alternative.split(/(\{\w+\}|<\w+>)/).reduce((step, part) => {
      const name = part.slice(1, -1);
      if (part.startsWith('<')) return choice(step, words[name] ?? [], words);
      return part.startsWith('{') ? slotStep(step, name) : literalSteps(step, part);
    }, from);
    end.empty.push(join);
  }
  return join;
}

function slotStep(from: Step, slot: string): Step {
  const next = newStep();
  from.slots.push({ slot, next });
  return next;
}

function literalSteps(from: Step, text: string): Step {
  return units(text).reduce((step, { folded }) => {
    const next = newStep();
    step.literals.set(folded, [...(step.literals.get(folded) ?? []), next]);
    return next;
  }, from);
}

function* walk<T>(
  step: Step,
  reading: Reading<T>,
  cut: readonly Unit[],
  slots: Readonly<Record<string, Filler<T>>>,
): Iterable<Reading<T>> {
  const { end: at, filled, literals } = reading;
  if (step.isEnd && at > 0) yield reading;
  for (const next of step.empty) yield* walk(next, reading, cut, slots);
  const unit = cut[at];
  if (!unit) return;
  for (const next of step.literals.get(unit.folded) ?? []) {
    yield* walk(next, { end: at + 1, filled, literals: literals + 1 }, cut, slots);
  }
  for (const { slot, next } of step.slots) {
    for (const { end, value } of slots[slot]?.(at, cut) ?? []) {
      yield* walk(next, { end, filled: [...filled, { slot, value }], literals }, cut, slots);
    }
  }
}

/** A filler that looks at each place of the same units once. */
export function remembered<T>(filler: Filler<T>): Filler<T> {
  const known = new WeakMap<readonly Unit[], Map<number, readonly { readonly end: number; readonly value: T }[]>>();
  return (at, cut) => {
    const places = known.get(cut) ?? new Map();
    known.set(cut, places);
    let found = places.get(at);
    if (!found) {
      const unique = new Map([...filler(at, cut)].reverse().map((each) => [JSON.stringify(each), each] as const));
      found = [...unique.values()].reverse();
      places.set(at, found);
    }
    return found;
  };
}

/** Phrases that each mean something, as a filler of slots; longer ones first. */
export function phrasesFiller<T>(phrases: Iterable<readonly [string, T]>): Filler<T> {
  const known = [...phrases].map(([phrase, value]) => ({ parts: units(phrase).map(({ folded }) => folded), value }));
  known.sort((one, other) => other.parts.length - one.parts.length);
  return function* (at, cut) {
    for (const { parts, value } of known) {
      if (parts.length > 0 && parts.every((part, index) => cut[at + index]?.folded === part)) {
        yield { end: at + parts.length, value };
      }
    }
  };
}

/** Any words, as they were written, the fewest first. */
export function wordsFiller(text: string, most: number): Filler<string> {
  return function* (at, cut) {
    for (let end = at + 1; end <= Math.min(cut.length, at + most); end++) {
      const [first, last] = [cut[at], cut[end - 1]];
      if (first && last) yield { end, value: text.slice(first.start, last.end) };
    }
  };
}

/** A whole number in digits, of at most three; a keycap counts as one. */
export const digitsFiller: Filler<number> = function* (at, cut) {
  const digits = fold(cut[at]?.surface ?? '').replace(/\p{M}/gu, '');
  if (/^\d{1,3}$/.test(digits)) yield { end: at + 1, value: Number(digits) };
};
