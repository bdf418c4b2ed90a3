import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { ArrowIcon } from './icons';
import { fill, useSpeech } from './texts';
import { useScrollEnds } from './use-scroll-ends';

/** Cards side by side: swiped on a phone, moved by buttons or arrow keys elsewhere; a list for screen readers. */
export function Carousel({ items }: { readonly items: readonly { readonly key: string; readonly card: ReactNode }[] }) {
  const { texts, locale } = useSpeech();
  const list = useRef<HTMLUListElement>(null);
  const ends = useScrollEnds(list);

  const page = (direction: 1 | -1) => {
    const strip = list.current;
    strip?.scrollBy({ left: direction * Math.max(strip.clientWidth * 0.8, 240), behavior: 'smooth' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const strip = list.current;
    if (step === 0 || strip === null) return;
    const cards = [...strip.children].filter((child): child is HTMLLIElement => child instanceof HTMLLIElement);
    const here = cards.findIndex((card) => card.contains(document.activeElement));
    const next = cards[here === -1 ? 0 : here + step];
    event.preventDefault();
    if (next === undefined) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ behavior: 'smooth', block: 'nearest', inline: 'center' });
  };

  return (
    <section className="carousel" aria-label={texts.products} data-start={ends.start} data-end={ends.end}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul ref={list} className="carousel-strip" tabIndex={0} aria-label={texts.products} onKeyDown={onKeyDown}>
        {items.map(({ key, card }, index) => (
          <li key={key} className="carousel-item" tabIndex={-1}>
            <span className="unseen">{fill(texts.position, { index: index + 1, count: items.length }, locale)}</span>
            {card}
          </li>
        ))}
      </ul>
      {(['left', 'right'] as const).map((side) => {
        const atEnd = side === 'left' ? ends.start : ends.end;
        return (
          <button
            key={side}
            type="button"
            className={`carousel-button carousel-button-${side}`}
            aria-label={side === 'left' ? texts.previous : texts.next}
            aria-disabled={atEnd}
            hidden={ends.start && ends.end}
            onClick={() => page(side === 'left' ? -1 : 1)}
          >
            <ArrowIcon to={side} />
          </button>
        );
      })}
    </section>
  );
}
