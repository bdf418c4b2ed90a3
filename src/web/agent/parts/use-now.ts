import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
/** The last full second, in milliseconds since 1970. */
let now = whole();

function whole(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

/** One clock for all that tick; it stands while nothing does. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // While nothing ticked, it stood.
  now = whole();
  timer ??= setInterval(() => {
    now = whole();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** This computer's time in milliseconds since 1970, each second anew. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
