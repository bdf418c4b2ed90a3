import { createContext, useContext } from 'react';
import { fill, useSpeech } from '../texts';
import type { Heard } from './heard';

const heardContext = createContext<ReadonlyMap<string, Heard>>(new Map());
const correctContext = createContext<(text: string) => void>(() => undefined);

/** Gives what was heard in each message. */
export const HeardProvider = heardContext.Provider;

/** Gives what puts words into the text box. */
export const CorrectProvider = correctContext.Provider;

/** Under a voice note: what was heard in it, and the way to put it right. */
export function HeardLine({ messageId }: { readonly messageId: string | undefined }) {
  const { texts, locale } = useSpeech();
  const heard = useContext(heardContext).get(messageId ?? '');
  const correct = useContext(correctContext);
  if (heard === undefined) return null;
  const { text, sure } = heard;
  return (
    <p className={sure ? 'heard' : 'heard heard-unsure'}>
      <span>
        {sure ? texts.heard : texts.heardUnsure}{' '}
        <span dir="auto">{fill(sure ? texts.heardText : texts.heardUnsureText, { text }, locale)}</span>
      </span>{' '}
      <button
        type="button"
        className="status-retry"
        aria-label={fill(texts.correctHeard, { text }, locale)}
        onClick={() => correct(text)}
      >
        {texts.correct}
      </button>
    </p>
  );
}
