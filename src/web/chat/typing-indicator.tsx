import { hooks } from 'botframework-webchat-api';
import { useSpeech } from './texts';

const { useActiveTyping } = hooks;

/** Three quiet dots while the assistant works on an answer. */
export function TypingIndicator() {
  const { texts } = useSpeech();
  const [typing] = useActiveTyping();
  if (!Object.values(typing).some(({ role }) => role !== 'user')) return null;
  return (
    <div className="message message-bot">
      <p className="bubble typing">
        <span className="unseen">{texts.typing}</span>
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </p>
    </div>
  );
}
