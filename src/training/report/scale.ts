/** An axis of a plot. */
export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly log?: boolean;
}

/** Where a value lies between two places; values beyond the axis lie at its end. */
export function scaleOf({ from, to, log }: Axis, start: number, end: number): (value: number) => number {
  const at = (value: number) => (log ? Math.log10(Math.max(value, from)) : value);
  return (value) => {
    const share = (at(value) - at(from)) / (at(to) - at(from));
    return start + (end - start) * Math.min(1, Math.max(0, share));
  };
}

/** A coordinate, short. */
export const at = (value: number) => Math.round(value * 10) / 10;

/** An axis of shares from 0 to 1. */
export function shareAxis(label: string): Axis {
  return { label, from: 0, to: 1, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], format: (value) => value.toFixed(1) };
}

/** Whole powers of ten around some values; nothing below a hundredth is told apart. */
export function logAxis(label: string, values: readonly number[]): Axis {
  const exponents = values.filter((value) => value > 0).map((value) => Math.log10(value));
  const low = Math.max(-2, Math.floor(exponents.reduce((least, each) => Math.min(least, each), 0)));
  const high = Math.max(low + 1, Math.ceil(exponents.reduce((most, each) => Math.max(most, each), 0)));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return {
    label,
    from: 10 ** low,
    to: 10 ** high,
    ticks,
    format: (value) => String(Number(value.toPrecision(1))),
    log: true,
  };
}

/** An axis around 0, as wide to both sides as the values reach. */
export function differenceAxis(label: string, values: readonly number[]): Axis {
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const to = [0.02, 0.05, 0.1, 0.2, 0.5, 1].find((bound) => bound >= reach) ?? 1;
  const format = (value: number) => (value > 0 ? '+' : value < 0 ? '−' : '') + String(Math.abs(value));
  return { label, from: -to, to, ticks: [-to, -to / 2, 0, to / 2, to], format };
}
