import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { CardPicture } from './card-picture';
import type { Picture } from './product';

/** How far an arrow or an end key goes among so many pictures; undefined for other keys. */
function target(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/**
 * A product's pictures: one at a time, and all of them small below as tabs, which arrows go through. What a picture is called
 * says which one it is.
 */
export function Gallery({ pictures, titleId }: { readonly pictures: readonly Picture[]; readonly titleId: string }) {
  const id = useId();
  const [at, setAt] = useState(0);
  const tabs = useRef<(HTMLButtonElement | null)[]>([]);
  const go = (event: KeyboardEvent) => {
    const next = target(event.key, at, pictures.length);
    if (next === undefined) return;
    event.preventDefault();
    // The list of cards goes by arrows, too.
    event.stopPropagation();
    setAt(next);
    tabs.current[next]?.focus();
  };
  return (
    <div className="gallery">
      <div role="tabpanel" id={`${id}-picture`} aria-labelledby={`${id}-${at}`}>
        <CardPicture picture={pictures[at]} />
      </div>
      <div className="gallery-tabs" role="tablist" aria-labelledby={titleId} onKeyDown={go}>
        {pictures.map(({ url, alt }, index) => (
          <button
            key={url}
            type="button"
            role="tab"
            id={`${id}-${index}`}
            className="gallery-tab"
            aria-selected={index === at}
            aria-controls={`${id}-picture`}
            aria-label={alt}
            tabIndex={index === at ? 0 : -1}
            ref={(element) => {
              tabs.current[index] = element;
            }}
            onClick={() => setAt(index)}
          >
            <img src={url} alt="" draggable={false} />
          </button>
        ))}
      </div>
      {/* A picture may be of another colour than what "Add to basket" adds. The tab says it to screen readers. */}
      <p className="gallery-name" aria-hidden="true">
        {pictures[at]?.alt}
      </p>
    </div>
  );
}
