import { useState } from 'react';
import type { Entry } from '../api/types';
import { useDesk } from '../desk-context';
import { TranslateIcon } from '../parts/icons';
import { useWords } from '../texts';

/** A shopper's words in the agent's language, on request; only where the shop has a translator. */
export function Translation({ ticketId, entry }: { readonly ticketId: string; readonly entry: Entry }) {
  const { api, settings } = useDesk();
  const { texts, language } = useWords();
  const [translated, setTranslated] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const isForeign = entry.language !== undefined && entry.language !== language;
  if (!settings.translation || !isForeign || entry.text === '') return null;
  if (translated !== undefined) {
    return (
      <p className="translated" lang={language} dir="auto">
        {translated}
      </p>
    );
  }
  const translate = async () => {
    setBusy(true);
    const answer = await api.translate(ticketId, entry.id, language);
    setBusy(false);
    setFailed(!answer.ok);
    if (answer.ok) setTranslated(answer.value.text);
  };
  return (
    <button type="button" className="link translate" aria-disabled={busy} onClick={() => void translate()}>
      <TranslateIcon />
      {failed ? texts.translateFailed : texts.translate}
    </button>
  );
}
