import { useEffect, useRef, useState } from 'react';
import type { Entry } from '../api/types';
import { useDesk } from '../desk-context';
import { TranslateIcon } from '../parts/icons';
import { useWords } from '../texts';

interface TranslationProps {
  readonly ticketId: string;
  readonly entry: Entry;
}

/** A shopper's words in the agent's language, beneath them; only where the shop has a translator. */
export function Translation({ ticketId, entry }: TranslationProps) {
  const { settings } = useDesk();
  const { language } = useWords();
  const isForeign = entry.language !== undefined && entry.language !== language;
  if (!settings.translation || !isForeign || entry.text === '') return null;
  return <Translated key={language} ticketId={ticketId} entry={entry} />;
}

/** Translates what comes into view: of a long transcript not all is read. */
function Translated({ ticketId, entry }: TranslationProps) {
  const { api } = useDesk();
  const { texts, language } = useWords();
  const [translated, setTranslated] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const translate = async () => {
    setBusy(true);
    const answer = await api.translate(ticketId, entry.id, language);
    setBusy(false);
    setFailed(!answer.ok);
    if (answer.ok) setTranslated(answer.value.text);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; after a failure the agent is asked.
  useEffect(() => {
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void translate();
    });
    if (button.current) observer.observe(button.current);
    return () => observer.disconnect();
  }, []);
  if (translated !== undefined) {
    return (
      <p className="translated" lang={language} dir="auto">
        {translated}
      </p>
    );
  }
  return (
    <button
      type="button"
      ref={button}
      className="link translate"
      aria-disabled={busy}
      onClick={() => !busy && void translate()}
    >
      <TranslateIcon />
      {failed ? texts.translateFailed : texts.translate}
    </button>
  );
}
