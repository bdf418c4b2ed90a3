import { useCallback, useEffect, useRef, useState } from 'react';
import { soundOnly } from './one-sound';

/** Farther than any recording: seeking there makes a browser find the end. */
const BEYOND = 1e7;

/**
 * Plays a recording. A file from MediaRecorder doesn't say how long it is: browsers call it endless until they have been
 * at its end, so they are sent there first. `known` is its length in seconds where that is known.
 */
export function usePlayback(url: string, known: number | undefined, onFail: () => void) {
  const element = useRef<HTMLAudioElement>(null);
  const measuring = useRef(false);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [measured, setMeasured] = useState<number>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another recording.
  useEffect(() => {
    const audio = element.current;
    if (audio === null) return undefined;
    measuring.current = false;
    setAt(0);
    setPlaying(false);
    const look = () => {
      if (Number.isFinite(audio.duration)) {
        setMeasured(audio.duration);
        if (measuring.current) {
          measuring.current = false;
          audio.currentTime = 0;
        }
      } else if (!measuring.current && audio.readyState > 0) {
        measuring.current = true;
        audio.currentTime = BEYOND;
      }
    };
    const move = () => {
      if (!measuring.current) setAt(audio.currentTime);
    };
    const start = () => {
      soundOnly(audio);
      setPlaying(true);
    };
    const pause = () => setPlaying(false);
    const end = () => {
      setPlaying(false);
      if (!measuring.current) audio.currentTime = 0;
    };
    const listeners: readonly [string, () => void][] = [
      ['loadedmetadata', look],
      ['durationchange', look],
      ['timeupdate', move],
      ['seeked', move],
      ['play', start],
      ['pause', pause],
      ['ended', end],
      ['error', onFail],
    ];
    for (const [name, listener] of listeners) audio.addEventListener(name, listener);
    // Both may have been before anyone listened.
    if (audio.error !== null) onFail();
    look();
    return () => {
      for (const [name, listener] of listeners) audio.removeEventListener(name, listener);
      audio.pause();
    };
  }, [url, onFail]);

  const toggle = useCallback(() => {
    const audio = element.current;
    if (audio === null) return;
    // A browser that will not play says so by an error event, where there is something to say.
    if (audio.paused) void audio.play().catch(() => undefined);
    else audio.pause();
  }, []);
  const seek = useCallback((seconds: number) => {
    setAt(seconds);
    if (element.current !== null) element.current.currentTime = seconds;
  }, []);
  return { element, playing, at, length: measured ?? known, toggle, seek };
}
