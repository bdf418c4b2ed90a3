import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** So near to the end, in pixels, a reader is at the end. */
const NEAR_END = 60;
/** So near to the start older entries are asked for. */
const NEAR_START = 240;

interface TranscriptScroll {
  readonly scroller: RefObject<HTMLDivElement>;
  readonly content: RefObject<HTMLDivElement>;
  readonly atEnd: boolean;
  readonly toEnd: () => void;
}

/**
 * Keeps the end of a transcript in view while the reader is there, leaves readers who have scrolled up where they are,
 * also when older entries come in above (`firstKey` changes), and asks for those near the start.
 */
export function useTranscriptScroll(firstKey: string | undefined, onStart: () => void): TranscriptScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const height = useRef(0);
  const start = useRef(onStart);
  start.current = onStart;

  const toEnd = useCallback(() => {
    sticks.current = true;
    setAtEnd(true);
    const box = scroller.current;
    box?.scrollTo({ top: box.scrollHeight });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another first entry means that some came in above.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    if (sticks.current) box.scrollTop = box.scrollHeight;
    else box.scrollTop += box.scrollHeight - height.current;
    height.current = box.scrollHeight;
  }, [firstKey]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || content.current === null) return undefined;
    let seen = `${box.scrollHeight} ${box.clientHeight}`;
    const size = () => `${box.scrollHeight} ${box.clientHeight}`;
    const look = () => {
      // What grew since the last look did not move the reader.
      if (size() === seen) {
        sticks.current = box.scrollTop + box.clientHeight >= box.scrollHeight - NEAR_END;
        setAtEnd(sticks.current);
      }
      seen = size();
      height.current = box.scrollHeight;
      if (box.scrollTop < NEAR_START) start.current();
    };
    const observer = new ResizeObserver(() => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
      seen = size();
      height.current = box.scrollHeight;
      if (box.scrollHeight <= box.clientHeight) start.current();
    });
    observer.observe(content.current);
    observer.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }, []);
  return { scroller, content, atEnd, toEnd };
}
