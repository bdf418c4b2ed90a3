import { useEffect, useRef } from 'react';

const BARS = 120;
/** Milliseconds between two bars, and between two looks where the shopper wants no motion. */
const STEP = 60;
const CALM_STEP = 500;
/** Nothing is heard: a bar is still to be seen. */
const LOWEST = 0.08;

/** How loud it is: bars that wander as one speaks, or, where motion is unwanted, a row that fills up twice a second. */
export function LevelMeter({ level }: { readonly level: () => number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const bars = [...(box.current?.children ?? [])] as HTMLElement[];
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const heights = bars.map(() => 0);
    let last = 0;
    let frame = 0;
    const draw = (now: number) => {
      frame = requestAnimationFrame(draw);
      if (now - last < (calm ? CALM_STEP : STEP)) return;
      last = now;
      const loud = level();
      if (calm) heights.fill(0).fill(0.6, 0, Math.round(loud * heights.length));
      else heights.push(loud);
      if (!calm) heights.shift();
      for (const [index, bar] of bars.entries()) bar.style.height = `${Math.max(heights[index] ?? 0, LOWEST) * 100}%`;
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [level]);
  return (
    <div ref={box} className="level" aria-hidden="true">
      {Array.from({ length: BARS }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars differ by their place only.
        <i key={index} />
      ))}
    </div>
  );
}
