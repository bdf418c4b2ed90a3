import { CloseIcon } from './icons';
import { type Refusal, refusalText } from './refusal';
import type { SessionState } from './session';
import { useSpeech } from './texts';

/** Says why the chat does not work now, and what can be done. */
export function Banner({ phase, onRetry }: { readonly phase: SessionState['phase']; readonly onRetry: () => void }) {
  const { texts } = useSpeech();
  if (phase !== 'offline' && phase !== 'ended') return null;
  const ended = phase === 'ended';
  return (
    <div className="banner" role="alert">
      <p>{ended ? texts.ended : texts.offline}</p>
      <button type="button" className="primary" onClick={onRetry}>
        {ended ? texts.restart : texts.retry}
      </button>
    </div>
  );
}

interface NoticeProps {
  readonly refusal: Refusal | undefined;
  readonly onClose: () => void;
}

/** Says why a message was not taken; the message itself stays in the transcript, to be sent again. */
export function RefusalNotice({ refusal, onClose }: NoticeProps) {
  const { texts } = useSpeech();
  if (refusal === undefined) return null;
  return (
    <div className="notice" role="alert">
      <p>{refusalText(refusal, texts)}</p>
      <button type="button" className="icon-button" aria-label={texts.close} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}
