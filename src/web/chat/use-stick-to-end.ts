import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** So near to the end, in pixels, a reader is at the end. */
const NEAR = 80;

/**
 * Keeps the end of a growing text in view while the reader is there, and leaves readers who have scrolled up where they
 * are. Returns what brings them to the end.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement>, content: RefObject<HTMLElement>): () => void {
  const atEnd = useRef(true);
  const stick = useCallback(() => {
    atEnd.current = true;
    const box = scroller.current;
    box?.scrollTo({ top: box.scrollHeight });
  }, [scroller]);
  useEffect(() => {
    const box = scroller.current;
    if (box === null || content.current === null) return undefined;
    const size = () => `${box.scrollHeight} ${box.clientHeight}`;
    let seen = size();
    const look = () => {
      // The scroll event of our own last step comes a frame later. Cards that have been added by then would make it look
      // as if the reader had left the end.
      if (size() === seen) atEnd.current = box.scrollTop + box.clientHeight >= box.scrollHeight - NEAR;
      seen = size();
    };
    // Pictures and cards grow after they were added, and the box shrinks when a phone's keyboard opens.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTo({ top: box.scrollHeight });
      seen = size();
    });
    observer.observe(content.current);
    observer.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, [scroller, content]);
  return stick;
}
