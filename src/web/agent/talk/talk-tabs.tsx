import { CloseIcon } from '../../chat/icons';
import { unreadIn } from '../desk/lists';
import { useDeskState } from '../desk-context';
import { Unread } from '../frame/top-bar';
import { ticketTitle } from '../parts/names';
import { useWords } from '../texts';

interface TalkTabsProps {
  /** Tickets that stand side by side now. */
  readonly shown: readonly string[];
  readonly onSelect: (ticketId: string) => void;
  readonly onLeave: (ticketId: string) => void;
}

/** All open conversations, with what is unread in each. */
export function TalkTabs({ shown, onSelect, onLeave }: TalkTabsProps) {
  const state = useDeskState();
  const words = useWords();
  const { texts, say } = words;
  return (
    <ul className="talk-tabs" aria-label={texts.openTalks}>
      {state.opened.flatMap((id) => {
        const ticket = state.tickets.get(id);
        if (ticket === undefined) return [];
        const title = ticketTitle(ticket, words);
        const unread = unreadIn(state, ticket);
        return (
          <li key={id} data-shown={shown.includes(id)} data-front={id === state.recent[0]}>
            <button
              type="button"
              aria-current={id === state.recent[0] ? 'true' : undefined}
              onClick={() => onSelect(id)}
            >
              <span className="tab-language" aria-hidden="true">
                {ticket.language.toUpperCase()}
              </span>
              <span className="tab-title" dir="auto">
                {title}
              </span>
              {unread > 0 && <Unread count={unread} />}
            </button>
            <button
              type="button"
              className="tab-close"
              aria-label={say('leaveNamed', { name: title })}
              title={texts.leave}
              onClick={() => onLeave(id)}
            >
              <CloseIcon />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
