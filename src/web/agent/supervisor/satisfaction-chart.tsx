import { useWords } from '../texts';

const STARS = [5, 4, 3, 2, 1];
const WIDTH = 260;
const ROW = 26;
const LEFT = 34;
const RIGHT = 40;

/** How often each satisfaction was given; its label says all numbers. */
export function SatisfactionChart({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const { texts } = useWords();
  const of = (stars: number) => counts[String(stars)] ?? 0;
  const most = Math.max(1, ...STARS.map(of));
  const label = `${texts.chartSatisfaction}: ${STARS.map((stars) => `${stars} ★ – ${of(stars)}`).join(', ')}`;
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${ROW * STARS.length}`} role="img" aria-label={label}>
        {STARS.map((stars, index) => {
          const length = ((WIDTH - LEFT - RIGHT) * of(stars)) / most;
          return (
            <g key={stars}>
              <text className="chart-text" x={LEFT - 8} y={index * ROW + 17} textAnchor="end">
                {stars} ★
              </text>
              <rect
                className="chart-track"
                x={LEFT}
                y={index * ROW + 6}
                width={WIDTH - LEFT - RIGHT}
                height={14}
                rx={7}
              />
              {length > 0 && (
                <rect
                  className="chart-star"
                  x={LEFT}
                  y={index * ROW + 6}
                  width={Math.max(14, length)}
                  height={14}
                  rx={7}
                />
              )}
              <text className="chart-text" x={WIDTH - RIGHT + 8} y={index * ROW + 17}>
                {of(stars)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
