import { type RefObject, useEffect, useState } from 'react';

/** Half a pixel of a scroll position is rounding. */
const ROUNDING = 2;

/** Whether a strip that scrolls sideways is at its start and at its end; both when it does not scroll. */
export function useScrollEnds(strip: RefObject<HTMLElement>): { readonly start: boolean; readonly end: boolean } {
  const [ends, setEnds] = useState({ start: true, end: true });
  useEffect(() => {
    const element = strip.current;
    if (element === null) return undefined;
    const look = () => {
      const start = element.scrollLeft <= ROUNDING;
      const end = element.scrollLeft + element.clientWidth >= element.scrollWidth - ROUNDING;
      setEnds((known) => (known.start === start && known.end === end ? known : { start, end }));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [strip]);
  return ends;
}
