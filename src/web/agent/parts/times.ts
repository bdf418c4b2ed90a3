import { clockTime } from '../../chat/voice/duration';

const DAY = 24 * 3600;

/** How long somebody waits: `3:07`, `2:03:07`, "2 days". */
export function waitText(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 3600) return clockTime(whole);
  if (whole < DAY) return `${Math.floor(whole / 3600)}:${clockTime(whole % 3600).padStart(5, '0')}`;
  const days = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(locale, days).format(Math.floor(whole / DAY));
}

/** How a wait looks: from these seconds on it is long, and too long. */
export function urgencyOf(seconds: number): 'fresh' | 'long' | 'tooLong' {
  if (seconds < 120) return 'fresh';
  return seconds < 300 ? 'long' : 'tooLong';
}

/** The time of day. */
export function timeText(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
}

/** Date and time, short. */
export function momentText(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** The day of a moment where the reader is; the same for all of its moments. */
export function dayOf(at: number): string {
  return new Date(at).toDateString();
}

/** A day as a separator says it: "Today", "Yesterday", else the date. */
export function dayText(at: number, now: number, locale: string): string {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / (DAY * 1000));
  if (days === 0 || days === -1) {
    const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
    return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);
  }
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}
