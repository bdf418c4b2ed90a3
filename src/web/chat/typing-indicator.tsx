import { hooks } from 'botframework-webchat-api';
import { personNamed } from './activity';
import { fill, useSpeech } from './texts';

const { useActiveTyping } = hooks;

/** Three quiet dots while the assistant works on an answer, or a person writes one. */
export function TypingIndicator() {
  const { texts, locale } = useSpeech();
  const [typing] = useActiveTyping();
  const writing = Object.values(typing).find(({ role }) => role !== 'user');
  if (writing === undefined) return null;
  const person = personNamed(writing.name);
  return (
    <div className="message message-bot">
      <p className="bubble typing">
        <span className="unseen">
          {person === undefined ? texts.typing : fill(texts.personTyping, { name: person }, locale)}
        </span>
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </p>
    </div>
  );
}
