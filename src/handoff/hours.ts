/** Days of the week as `Intl` names them in English, Sunday first. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY = 24 * 3600 * 1000;
/** Opening hours that begin later than this are as good as none. */
const MOST_DAYS_AHEAD = 400;

/** When people are there. No day at all means always, but on holidays. */
export interface OpeningHours {
  /** IANA name; the server's zone where it is missing. */
  readonly timeZone?: string | undefined;
  /** Local times such as `09:00-18:00`; one that ends before it begins ends on the next day. `24:00` is midnight. */
  readonly mon?: readonly string[] | undefined;
  readonly tue?: readonly string[] | undefined;
  readonly wed?: readonly string[] | undefined;
  readonly thu?: readonly string[] | undefined;
  readonly fri?: readonly string[] | undefined;
  readonly sat?: readonly string[] | undefined;
  readonly sun?: readonly string[] | undefined;
  /** Local dates such as `2026-12-25`, on which nothing opens. */
  readonly holidays?: readonly string[] | undefined;
}

interface Span {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Is it open at a moment, and if not, when does it open next? By the zone's own clocks, summer time included. */
export function openAt(hours: OpeningHours, now: number): { readonly isOpen: boolean; readonly opensAt?: number } {
  const clock = new ZoneClock(hours.timeZone);
  const today = clock.dateOf(now);
  // What began yesterday may go on past midnight.
  for (let ahead = -1; ahead <= MOST_DAYS_AHEAD; ahead++) {
    for (const { from, to } of spansOf(hours, new Date(today.getTime() + ahead * DAY), clock)) {
      if (now < from) return { isOpen: false, opensAt: from };
      if (now < to) return { isOpen: true };
    }
  }
  return { isOpen: false };
}

/** When it is open on a local date, earliest first. */
function spansOf(hours: OpeningHours, date: Date, clock: ZoneClock): Span[] {
  if (hours.holidays?.includes(date.toISOString().slice(0, 10))) return [];
  const always = DAYS.every((day) => hours[day] === undefined);
  const texts = always ? ['00:00-24:00'] : (hours[DAYS[date.getUTCDay()] ?? 'sun'] ?? []);
  return texts
    .map((text) => {
      const [from = 0, to = 0] = text.split('-').map(minutesOf);
      return { from: clock.momentOf(date, from), to: clock.momentOf(date, to <= from ? to + 24 * 60 : to) };
    })
    .sort((one, other) => one.from - other.from);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A zone's dates and times of day. A date is the midnight, in UTC, of the day of that name. */
class ZoneClock {
  private readonly format: Intl.DateTimeFormat;

  constructor(timeZone: string | undefined) {
    this.format = new Intl.DateTimeFormat('en-GB', {
      ...(timeZone !== undefined && { timeZone }),
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  }

  dateOf(moment: number): Date {
    const local = this.localOf(moment);
    return new Date(local - (((local % DAY) + DAY) % DAY));
  }

  /** The moment of a local time; one that the clocks leave out is as much later as they jump. */
  momentOf(date: Date, minutes: number): number {
    const local = date.getTime() + minutes * 60_000;
    const guess = local - this.offsetAt(local);
    return local - this.offsetAt(guess);
  }

  private offsetAt(moment: number): number {
    return this.localOf(moment) - Math.floor(moment / 1000) * 1000;
  }

  /** What the zone's clocks show, as if they were in UTC. */
  private localOf(moment: number): number {
    const parts = Object.fromEntries(this.format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  }
}
