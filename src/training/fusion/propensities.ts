import { quantile } from '../evaluation';

/** A place of a page as it was shown, for estimating how often places are looked at. */
export interface ObservedPlace {
  /** From 1, on its page. */
  readonly place: number;
  /** What the page is ordered by. */
  readonly score: number;
  readonly clicked: boolean;
}

/** A page. */
export interface ObservedPage {
  /** Gaps between scores are compared among pages of the same scale. */
  readonly scale: string;
  readonly places: readonly ObservedPlace[];
}

/** Of the pairs of places on pages of a scale, the share whose scores are nearest. */
const NEAREST = 0.3;
/** How far the logarithm of a propensity strays from the curve where clicks don't say otherwise (standard deviation). */
const STRAYING = 0.3;
/** The same of the slopes of right by score, in widths of the window. */
const SLOPE = 2;
const ROUNDS = 60;

/** Parts of the window that gaps are told apart by. */
const PARTS = 20;

/** Clicks on one place of pairs: the upper of the two, or the lower. */
interface Choice {
  readonly upper: number;
  readonly lower: number;
  /** Gap of the scores, 0 to 1 of the scale's window. */
  readonly gap: number;
  readonly scale: number;
  readonly isLower: boolean;
  clicks: number;
}

/**
 * How often shoppers look at a place, beside the first one, which counts as 1: by place, from 1 on (index 0); empty without
 * pages. A product is clicked where its place is looked at and it is right (the position-based model: Craswell et al., WSDM
 * 2008). A ranking puts what is right first, so that clicks by place alone say little: of two products of one page whose
 * scores are all but the same, the order is chance, and what the upper one is clicked more often is its place's doing
 * (regression discontinuity: Narayanan and Kalyanam, "Position effects in search advertising", Marketing Science 2015). For
 * clicks on one or the other of nearly equal products, log(lower : upper) = the difference of the places' logarithms −
 * slope × gap of the scores, fitted by Newton's method; places with few clicks follow 1/place^eta (the curve of Joachims et
 * al., WSDM 2017), eta being fitted with them.
 */
export function estimatePropensities(pages: Iterable<ObservedPage>): number[] {
  const byScale = new Map<string, ObservedPage[]>();
  let last = 0;
  for (const page of pages) {
    const members = byScale.get(page.scale);
    if (members) members.push(page);
    else byScale.set(page.scale, [page]);
    for (const { place } of page.places) last = Math.max(last, place);
  }
  const choices = [...byScale.values()].flatMap(choicesOf);
  // Logarithms of the propensities, and the slopes.
  const places = new Float64Array(last + 1);
  const slopes = new Float64Array(byScale.size);
  const byPlace = Array.from(places, (_, place) =>
    choices.filter(({ upper, lower }) => upper === place || lower === place),
  );
  const ofScale = Array.from(slopes, (_, scale) => choices.filter((choice) => choice.scale === scale));
  const surprise = ({ upper, lower, gap, scale, isLower }: Choice) => {
    const odds = (places[lower] ?? 0) - (places[upper] ?? 0) - (slopes[scale] ?? 0) * gap;
    const likely = 1 / (1 + Math.exp(-odds));
    return { more: Number(isLower) - likely, spread: likely * (1 - likely) };
  };
  for (let round = 0; round < ROUNDS; round++) {
    const eta = steepness(places);
    for (let place = 2; place <= last; place++) {
      const curve = -eta * Math.log(place);
      let slope = (curve - (places[place] ?? 0)) / STRAYING ** 2;
      let curvature = 1 / STRAYING ** 2;
      for (const choice of byPlace[place] ?? []) {
        const { more, spread } = surprise(choice);
        slope += choice.clicks * (choice.lower === place ? more : -more);
        curvature += choice.clicks * spread;
      }
      places[place] = Math.min(0, (places[place] ?? 0) + slope / curvature);
    }
    for (const [scale, own] of ofScale.entries()) {
      let slope = -(slopes[scale] ?? 0) / SLOPE ** 2;
      let curvature = 1 / SLOPE ** 2;
      for (const choice of own) {
        const { more, spread } = surprise(choice);
        slope -= choice.clicks * choice.gap * more;
        curvature += choice.clicks * choice.gap ** 2 * spread;
      }
      slopes[scale] = (slopes[scale] ?? 0) + slope / curvature;
    }
  }
  return Array.from(places.subarray(1), Math.exp);
}

/** Eta of the curve 1/place^eta nearest to logarithms of propensities, by least squares; at least 0. */
function steepness(places: Float64Array): number {
  let [product, square] = [0, 0];
  for (let place = 2; place < places.length; place++) {
    product -= (places[place] ?? 0) * Math.log(place);
    square += Math.log(place) ** 2;
  }
  return square > 0 ? Math.max(0, product / square) : 0;
}

/** The clicks on one of two places of a page with nearly the same score, for the pages of one scale. */
function choicesOf(pages: readonly ObservedPage[], scale: number): Choice[] {
  const pairs = pages.flatMap(({ places }) =>
    places.flatMap((upper) =>
      places
        .filter(({ place }) => place > upper.place)
        .map((lower) => ({ upper, lower, gap: Math.abs(upper.score - lower.score) })),
    ),
  );
  if (pairs.length === 0) return [];
  const window = quantile(
    pairs.map(({ gap }) => gap),
    NEAREST,
  );
  const choices = new Map<string, Choice>();
  const add = (upper: number, lower: number, part: number, isLower: boolean) => {
    const key = [upper, lower, part, isLower].join();
    const choice = choices.get(key) ?? { upper, lower, gap: (part + 0.5) / PARTS, scale, isLower, clicks: 0 };
    choices.set(key, choice);
    choice.clicks += 1;
  };
  for (const { upper, lower, gap } of pairs) {
    if (gap > window) continue;
    const part = window > 0 ? Math.min(PARTS - 1, Math.floor((PARTS * gap) / window)) : 0;
    if (upper.clicked) add(upper.place, lower.place, part, false);
    if (lower.clicked) add(upper.place, lower.place, part, true);
  }
  return [...choices.values()];
}
