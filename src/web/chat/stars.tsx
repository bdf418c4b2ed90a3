import type { Rating } from './product';
import { useSpeech } from './texts';

const STAR = 'm8 1.5 2 4.2 4.6.6-3.4 3.2.9 4.6L8 11.9 3.9 14.1l.9-4.6L1.4 6.3 6 5.7Z';
const PLACES = [0, 1, 2, 3, 4];

/** Five stars filled as far as the rating goes, the value and how many have rated. */
export function Stars({ rating }: { readonly rating: Rating }) {
  const { locale } = useSpeech();
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const { value, count, text } = rating;
  return (
    <p className="rating">
      <span className="unseen">{text}</span>
      <span className="rating-seen" aria-hidden="true">
        <span className="stars">
          <Row className="stars-empty" />
          <svg className="stars-full" viewBox={`0 0 ${value * 16} 16`} style={{ width: `${value}em` }}>
            <title>{text}</title>
            <Shapes />
          </svg>
        </span>
        <span>{number.format(value)}</span>
        {count !== undefined && <span className="rating-count">({new Intl.NumberFormat(locale).format(count)})</span>}
      </span>
    </p>
  );
}

function Row({ className }: { readonly className: string }) {
  return (
    <svg className={className} viewBox="0 0 80 16" aria-hidden="true">
      <Shapes />
    </svg>
  );
}

function Shapes() {
  return PLACES.map((place) => <path key={place} d={STAR} transform={`translate(${place * 16} 0)`} />);
}
