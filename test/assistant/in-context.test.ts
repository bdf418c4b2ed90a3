import { inContext, situationOf } from '../../src/assistant/in-context';
import { sharpened } from '../../src/assistant/sharpened';
import { type Command, INTENTS, type Intent, type IntentGuess, type Reference } from '../../src/domain';

const nothing = { version: 2, language: 'en' } as const;
const listed = { ...nothing, shown: ['a', 'b', 'c'] };
const opened = { ...listed, lastProduct: 'a' };
const bought = { ...opened, steps: [{ basket: [{ productId: 'a', quantity: 0 }] }] } as typeof opened;
const unsaid = { fitting: undefined, namesGoods: false };

/** A guess of some probabilities, the rest of all others'. */
function guessed(some: Partial<Record<Intent, number>>, inScope = 1): IntentGuess {
  const said = Object.values(some).reduce((sum, each) => sum + each, 0);
  const rest = (inScope - said) / (INTENTS.length - Object.keys(some).length);
  const probabilities = Object.fromEntries(INTENTS.map((intent) => [intent, some[intent] ?? rest]));
  return { intent: undefined, confidence: 0, inScope, probabilities: probabilities as Record<Intent, number> };
}

it('tells situations apart', () => {
  expect(situationOf(nothing, unsaid)).toMatchObject({ talksOfOne: false, isListed: false, hasBought: false });
  expect(situationOf(listed, unsaid)).toMatchObject({ talksOfOne: false, isListed: true });
  expect(situationOf(opened, unsaid)).toMatchObject({ talksOfOne: true, isListed: false });
  expect(situationOf(bought, unsaid)).toMatchObject({ talksOfOne: false, hasBought: true });
});

it.each<
  [string, typeof opened | typeof listed | typeof nothing, Partial<Record<Intent, number>>, number | undefined, Intent]
>([
  [
    'of one that is talked of, taking it goes before looking for it',
    opened,
    { 'find-product': 0.4, 'basket-add': 0.3 },
    undefined,
    'basket-add',
  ],
  ['of a list, one is chosen', listed, { 'find-product': 0.4, select: 0.3 }, 1, 'select'],
  ['where none is like that, it refines', listed, { select: 0.4, refine: 0.3 }, 0, 'refine'],
  ['after something was put in, it is paid for', bought, { goodbye: 0.4, checkout: 0.2 }, undefined, 'checkout'],
  [
    'where nothing was shown, nothing is chosen',
    nothing,
    { select: 0.5, 'find-product': 0.3 },
    undefined,
    'find-product',
  ],
])('%s', (_, state, some, fitting, intent) => {
  const guess = inContext(guessed(some), situationOf(state, { fitting, namesGoods: false }));
  expect(guess.intent).toBe(intent);
});

it('weighs nothing without probabilities, and nothing that is likely out of scope', () => {
  const plain = { intent: 'select', confidence: 0.6, inScope: 0.9 } as const;
  expect(inContext(plain, situationOf(opened, unsaid))).toEqual(plain);
  const outside = inContext(guessed({ 'find-product': 0.04 }, 0.1), situationOf(nothing, unsaid));
  expect(outside.intent).toBeUndefined();
  expect(outside.inScope).toBeLessThan(0.2);
});

it('keeps probabilities: what is most likely and what is in scope are shares of all', () => {
  const guess = inContext(guessed({ checkout: 0.3 }, 0.8), situationOf(bought, unsaid));
  expect(guess.confidence).toBeGreaterThan(0.3);
  expect(guess.confidence).toBeLessThanOrEqual(guess.inScope);
  expect(guess.inScope).toBeLessThanOrEqual(1);
});

const first: Reference = { kind: 'position', at: 1 };
const that: Reference = { kind: 'pronoun' };
const said = (action: Command['action'], ...references: Reference[]): Command => ({
  action,
  language: 'en',
  references,
});

it.each<[string, Command, string, typeof listed, Partial<Command>]>([
  [
    '“that one, number 1” is the first',
    said('select', that, first),
    'that one, number 1',
    listed,
    { references: [first] },
  ],
  [
    'words that describe add nothing to a place',
    said('select', { kind: 'described', words: 'it' }, first),
    "that's it, 1",
    listed,
    { references: [first] },
  ],
  ['one alone is not compared', said('compare', first), 'compare 1', listed, { action: 'select' }],
  ['one alone is compared with what is talked of', said('compare', first), 'compare 1', opened, { action: 'compare' }],
  [
    '“x2” of one that is talked of are two',
    said('select', { kind: 'position', at: 2 }),
    'x2',
    opened,
    { action: 'add', quantity: 2, references: [] },
  ],
  ['“x2” of a list is a place', said('select', { kind: 'position', at: 2 }), 'x2', listed, { action: 'select' }],
])('%s', (_, command, text, state, expected) => {
  expect(sharpened(command, text, state)).toMatchObject(expected);
});
