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
    const isSaid = title !== '' && ['imBack', 'postBack', 'messageBack'].includes(action.type);
    return isSaid ? [{ action, title, label: labelOf(action) }] : [];
  });
  if (said.length === 0) return null;
  return (
    <ul className="suggestions" aria-label={texts.suggestions}>
      {said.map(({ action, title, label }) => (
        <li key={title}>
          <button type="button" className="chip" aria-label={label} onClick={() => perform(action)}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What a screen reader says in place of a short title; undefined where the title says it. */
function labelOf(action: object): string | undefined {
  const data: unknown = 'channelData' in action ? action.channelData : undefined;
  const told: unknown = typeof data === 'object' && data !== null && 'vitrine' in data ? data.vitrine : undefined;
  const label: unknown = typeof told === 'object' && told !== null && 'label' in told ? told.label : undefined;
  return typeof label === 'string' ? label : undefined;
}
