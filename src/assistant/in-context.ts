import type { Turn } from '../dialog';
import type { Intent, IntentGuess } from '../domain';

/** What a message is said into. */
export interface Situation {
  /** One product is talked of: its page was opened, or it was put into the basket. */
  readonly talksOfOne: boolean;
  /** Several were shown, and none is talked of. */
  readonly isListed: boolean;
  /** The last step changed the basket. */
  readonly hasBought: boolean;
  /** A photo was searched by. */
  readonly hasPhoto: boolean;
  /** How many of those that were shown are as the words say; undefined where they say nothing of looks. */
  readonly fitting: number | undefined;
  /** The words name goods: a kind, or a group of kinds. */
  readonly namesGoods: boolean;
}

type Factors = Readonly<Partial<Record<Intent, number>>>;

/** How much more often than in any message something is wanted there. Chosen by validation phrases in context. */
const OF_ONE: Factors = {
  checkout: 4,
  'basket-add': 6,
  'basket-change': 3,
  details: 2,
  like: 2,
  reviews: 2,
  similar: 1.5,
  select: 0.5,
};
const LISTED: Factors = { select: 3, 'basket-add': 1.5, compare: 1.5, refine: 1.5, 'basket-change': 0.3 };
const BOUGHT: Factors = {
  checkout: 5,
  'basket-change': 5,
  'basket-remove': 4,
  'basket-show': 2,
  'basket-add': 0.5,
  'show-more': 0.2,
};
const BY_PHOTO: Factors = { refine: 3, similar: 1.5 };
const ONE_FITS: Factors = { select: 6, 'basket-add': 5, details: 4, like: 6, reviews: 3, compare: 2 };
/** Goods that are looked for are named; of a thing that is shown only what it is like is said. */
const NOTHING_NAMED: Factors = { 'find-product': 0.3 };
const NONE_FITS: Factors = { select: 0.3, 'basket-add': 0.5, details: 0.7, refine: 2 };
const NOTHING_SHOWN: Factors = {
  ...{ select: 0.1, 'basket-add': 0.2, 'basket-change': 0.1, 'basket-remove': 0.2, like: 0.3, compare: 0.3 },
  ...{ similar: 0.3, 'show-more': 0.3, checkout: 0.5, details: 0.5 },
};

/** Where a conversation stands, as far as it changes what a message may mean. */
export function situationOf(
  { lastProduct, shown = [], steps = [], lastSearch }: Turn['state'],
  { fitting, namesGoods }: Pick<Situation, 'fitting' | 'namesGoods'>,
): Situation {
  const last = steps.at(-1);
  const hasBought = last !== undefined && 'basket' in last;
  return {
    talksOfOne: lastProduct !== undefined && !hasBought,
    isListed: lastProduct === undefined && shown.length > 1,
    hasBought,
    hasPhoto: lastProduct === undefined && lastSearch?.photo !== undefined,
    ...{ fitting, namesGoods },
  };
}

/** A guess by the words alone, weighed by where they were said (Bayes' rule, the situation's factors as likelihoods). */
export function inContext({ probabilities, inScope, ...guess }: IntentGuess, situation: Situation): IntentGuess {
  if (!probabilities) return { ...guess, inScope };
  const factors = factorsOf(situation);
  const weighed = Object.entries(probabilities).map(
    ([intent, p]) =>
      [intent as Intent, p * factors.reduce((product, each) => product * (each[intent as Intent] ?? 1), 1)] as const,
  );
  const outside = 1 - inScope;
  const total = weighed.reduce((sum, [, p]) => sum + p, outside);
  const [intent, highest] = weighed.reduce((best, each) => (each[1] > best[1] ? each : best));
  const confidence = highest / total;
  const scope = 1 - outside / total;
  return { intent: confidence > 1 - scope ? intent : undefined, confidence, inScope: scope, probabilities };
}

function factorsOf({ talksOfOne, isListed, hasBought, hasPhoto, fitting, namesGoods }: Situation): Factors[] {
  return [
    ...(talksOfOne ? [OF_ONE] : []),
    ...(isListed ? [LISTED] : []),
    ...(hasBought ? [BOUGHT] : []),
    ...(hasPhoto ? [BY_PHOTO] : []),
    ...(!talksOfOne && !isListed && !hasBought ? [NOTHING_SHOWN] : []),
    ...((talksOfOne || isListed) && !namesGoods ? [NOTHING_NAMED] : []),
    ...(fitting === 1 ? [ONE_FITS] : []),
    ...(isListed && fitting !== undefined && fitting !== 1 ? [NONE_FITS] : []),
  ];
}
