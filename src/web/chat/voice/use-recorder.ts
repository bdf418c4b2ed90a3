import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { browserMicrophone } from './microphone';
import { hush } from './one-sound';
import { type Clock, Recorder } from './recorder';

/** After so many milliseconds out of sight a recording ends: nobody means to be listened to that long. */
const HIDDEN_LONG = 30_000;

const CLOCK: Clock = {
  now: () => performance.now(),
  every(milliseconds, tick) {
    const timer = setInterval(tick, milliseconds);
    return () => clearInterval(timer);
  },
};

/** The recording of a conversation, with an address of the finished note in this browser. */
export function useRecorder() {
  const [recorder] = useState(() => new Recorder(browserMicrophone, CLOCK));
  const state = useSyncExternalStore(recorder.subscribe, recorder.snapshot);
  const { note } = state;
  const url = useMemo(() => (note === undefined ? undefined : URL.createObjectURL(note.file)), [note]);

  // The microphone is given back with the conversation and with the page.
  useEffect(() => {
    addEventListener('pagehide', recorder.cancel);
    return () => {
      removeEventListener('pagehide', recorder.cancel);
      recorder.cancel();
    };
  }, [recorder]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => void recorder.stop('recordHidden'), HIDDEN_LONG);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [recorder]);

  // After sending, the address lives on in the transcript.
  const revoke = useCallback(() => {
    if (url !== undefined) URL.revokeObjectURL(url);
  }, [url]);
  const press = useCallback(() => {
    hush();
    revoke();
    void recorder.press();
  }, [recorder, revoke]);
  const discard = useCallback(() => {
    revoke();
    recorder.discard();
  }, [recorder, revoke]);
  const stop = useCallback(() => void recorder.stop(), [recorder]);
  const { cancel, sent, level, dismiss } = recorder;
  return { state, url, press, stop, discard, cancel, sent, level, dismiss };
}

/** What `useRecorder` gives. */
export type VoiceRecorder = ReturnType<typeof useRecorder>;
