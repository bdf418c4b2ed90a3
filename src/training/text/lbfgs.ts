/** The value of a function at a point; its gradient is written into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  readonly iterations: number;
  /** Pairs of steps and gradients that are remembered. */
  readonly memory?: number;
  /** Ends once an iteration makes the value smaller by less than this share of it. */
  readonly tolerance?: number;
  readonly onIteration?: (iteration: number, value: number) => void;
  readonly signal?: AbortSignal | undefined;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** One divided by the product of the two. */
  readonly rho: number;
}

/** The share of what the slope promises that a step must bring (Armijo). */
const ENOUGH = 1e-4;
const MOST_HALVINGS = 20;

/**
 * The point where a smooth convex function is least, from `start` on: L-BFGS with backtracking (Liu & Nocedal 1989).
 * Deterministic. Throws the signal's reason when that ends it.
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Float64Array {
  const { iterations, memory = 6, tolerance = 1e-5, onIteration, signal } = options;
  let point: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(point.length);
  let value = objective(point, gradient);
  const pairs: Pair[] = [];
  for (let iteration = 1; iteration <= iterations; iteration++) {
    signal?.throwIfAborted();
    const direction = descent(gradient, pairs);
    const slope = dot(direction, gradient);
    if (slope >= 0) break;
    let length = pairs.length === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    let next = moved(point, direction, length);
    const nextGradient = new Float64Array(point.length);
    let nextValue = objective(next, nextGradient);
    for (let halving = 0; nextValue > value + ENOUGH * length * slope; halving++) {
      if (halving === MOST_HALVINGS) return point;
      length /= 2;
      next = moved(point, direction, length);
      nextValue = objective(next, nextGradient);
    }
    const step = difference(next, point);
    const change = difference(nextGradient, gradient);
    const curvature = dot(step, change);
    if (curvature > 1e-12) {
      pairs.push({ step, change, rho: 1 / curvature });
      if (pairs.length > memory) pairs.shift();
    }
    const gain = (value - nextValue) / Math.max(Math.abs(value), 1e-12);
    point = next;
    gradient = nextGradient;
    value = nextValue;
    onIteration?.(iteration, value);
    if (gain < tolerance) break;
  }
  return point;
}

/** Minus the gradient times what the pairs tell of the inverse Hessian (the two-loop recursion). */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const alphas: number[] = [];
  for (const { step, change, rho } of [...pairs].reverse()) {
    const alpha = rho * dot(step, direction);
    alphas.unshift(alpha);
    addScaled(direction, change, -alpha);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) * scale;
  }
  for (const [place, { step, change, rho }] of pairs.entries()) {
    addScaled(direction, step, (alphas[place] as number) - rho * dot(change, direction));
  }
  return direction;
}

function moved(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  const next = Float64Array.from(point);
  addScaled(next, direction, length);
  return next;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = Float64Array.from(a);
  addScaled(result, b, -1);
  return result;
}

function addScaled(target: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (other[i] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
