import type { Day } from '../api/types';
import { useWords } from '../texts';
import { lastDays, scaleOf } from './days';

const DAYS = 30;
const WIDTH = 600;
const HEIGHT = 170;
/** Room for the numbers at the left, for the upper half of the topmost one, and for the dates below. */
const LEFT = 34;
const TOP = 14;
const BOTTOM = 22;
const STEP = (WIDTH - LEFT) / DAYS;
const LEGEND = ['opened', 'closed'] as const;

/** Conversations opened and closed on each of the last days; a table says the same to who can't see it. */
export function DaysChart({ days }: { readonly days: readonly Day[] }) {
  const { texts, say, locale } = useWords();
  const shown = lastDays(days, Date.now(), DAYS);
  const top = scaleOf(Math.max(...shown.map(({ opened, closed }) => Math.max(opened, closed))));
  const y = (count: number) => (HEIGHT - BOTTOM) * (1 - count / top) + TOP;
  const date = (day: string) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day));
  const total = (name: (typeof LEGEND)[number]) => shown.reduce((sum, day) => sum + day[name], 0);
  const label = say('chartDaysText', { opened: total('opened'), closed: total('closed') });
  return (
    <figure className="chart chart-days">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + TOP}`} role="img" aria-label={label}>
        {[0, top / 2, top].map((count) => (
          <g key={count}>
            <line className="chart-line" x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} />
            {Number.isInteger(count) && (
              <text className="chart-text" x={LEFT - 6} y={y(count) + 4} textAnchor="end">
                {count}
              </text>
            )}
          </g>
        ))}
        {shown.map((day, index) => (
          <g key={day.day}>
            {LEGEND.map((name, side) => (
              <rect
                key={name}
                className={`chart-${name}`}
                x={LEFT + index * STEP + 2 + side * (STEP / 2 - 2)}
                width={STEP / 2 - 3}
                y={y(day[name])}
                height={y(0) - y(day[name])}
                rx={1.5}
              />
            ))}
            {index % 7 === 3 && (
              <text className="chart-text" x={LEFT + (index + 0.5) * STEP} y={HEIGHT + TOP - 4} textAnchor="middle">
                {date(day.day)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className="legend">
        {LEGEND.map((name) => (
          <span key={name}>
            <i className={`legend-${name}`} />
            {texts[name]}
          </span>
        ))}
      </figcaption>
      <table className="unseen">
        <caption>{texts.chartDays}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.day}</th>
            <th scope="col">{texts.opened}</th>
            <th scope="col">{texts.closed}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, opened, closed }) => (
            <tr key={day}>
              <th scope="row">{date(day)}</th>
              <td>{opened}</td>
              <td>{closed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
