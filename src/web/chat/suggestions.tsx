import { hooks } from 'botframework-webchat-api';
import { useSpeech } from './texts';

const { usePerformCardAction, useSuggestedActions } = hooks;

/** What the assistant suggests to say next. */
export function Suggestions() {
  const { texts } = useSpeech();
  const [actions] = useSuggestedActions();
  const perform = usePerformCardAction();
  // An address that the bot sends is never opened from here: links stand on cards, where they are checked.
  const said = actions.flatMap((action) => {
    const title = 'title' in action && typeof action.title === 'string' ? action.title : '';
    return title !== '' && ['imBack', 'postBack', 'messageBack'].includes(action.type) ? [{ action, title }] : [];
  });
  if (said.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={texts.suggestions}>
      {said.map(({ action, title }) => (
        <li key={title}>
          <button type="button" className="chip" onClick={() => perform(action)}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}
