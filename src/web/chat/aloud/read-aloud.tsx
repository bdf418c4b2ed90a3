import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { SpeakerIcon } from '../icons';
import { keep, recall } from '../storage';
import { useSpeech } from '../texts';
import { hasVoice, stopReading, watchVoices } from './reader';

const KEY = 'vitrine.readAloud';

const context = createContext(false);

/** Tells the components below whether answers are read out. */
export const ReadAloudProvider = context.Provider;

/** True when answers are read out. */
export function useReadsAloud(): boolean {
  return useContext(context);
}

/** Whether the shopper wants answers read out: not until they say so, and remembered. */
export function useReadAloud(): { readonly reads: boolean; readonly toggle: () => void } {
  const [reads, setReads] = useState(() => recall('local', KEY) === 'on');
  useEffect(() => {
    // Some browsers go on talking when the page is left.
    addEventListener('pagehide', stopReading);
    return () => removeEventListener('pagehide', stopReading);
  }, []);
  const toggle = () => {
    if (reads) stopReading();
    keep('local', KEY, reads ? undefined : 'on');
    setReads(!reads);
  };
  return { reads, toggle };
}

interface ReadAloudButtonProps {
  readonly reads: boolean;
  readonly onToggle: () => void;
}

/** The switch; not shown where the browser has no voice for the page's language. */
export function ReadAloudButton({ reads, onToggle }: ReadAloudButtonProps) {
  const { texts, locale } = useSpeech();
  const possible = useSyncExternalStore(watchVoices, () => hasVoice(locale));
  if (!possible) return null;
  return (
    <button
      type="button"
      className="icon-button"
      aria-pressed={reads}
      aria-label={texts.readAloud}
      title={texts.readAloud}
      onClick={onToggle}
    >
      <SpeakerIcon on={reads} />
    </button>
  );
}
