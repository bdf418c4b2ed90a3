import type { Ticket } from '../api/types';
import { agentName } from '../desk/lists';
import { useDeskState } from '../desk-context';
import { Unread } from '../frame/top-bar';
import { Avatar } from '../parts/avatar';
import { channelName, languageName, outcomeText, reasonText, ticketTitle } from '../parts/names';
import { momentText } from '../parts/times';
import { useWords } from '../texts';
import { WaitClock } from './wait-clock';

interface TicketRowProps {
  readonly ticket: Ticket;
  readonly place: number | undefined;
  readonly unread: number;
  /** Is it the conversation in front? */
  readonly current: boolean;
  readonly onSelect: (ticketId: string) => void;
  readonly onClaim: (ticket: Ticket) => void;
}

/** A conversation in a list: who, what about, since when, and what was said last. */
export function TicketRow({ ticket, place, unread, current, onSelect, onClaim }: TicketRowProps) {
  const state = useDeskState();
  const words = useWords();
  const { texts, locale, say } = words;
  const { id, language, state: at, agentId, wantedAgentId, closedAt, outcome } = ticket;
  const owner = agentId === state.me.id ? undefined : (ticket.agentName ?? agentName(state, agentId));
  const typing = (state.typing.get(id) ?? 0) > Date.now();
  const claimable = at === 'queued' || at === 'message';
  return (
    <li className="row" data-claimable={claimable} data-current={current} data-unread={unread > 0}>
      <button
        type="button"
        className="row-main"
        aria-current={current ? 'true' : undefined}
        onClick={() => onSelect(id)}
      >
        <Avatar id={ticket.userId} letters={language.toUpperCase()} />
        <span className="row-body">
          <span className="row-head">
            <strong className="row-title" dir="auto">
              {ticketTitle(ticket, words)}
            </strong>
            {at === 'closed' || at === 'message' ? (
              <span className="row-time">{momentText(closedAt ?? ticket.since, locale)}</span>
            ) : (
              <WaitClock ticket={ticket} />
            )}
          </span>
          <span className="row-preview" dir="auto" lang={language}>
            {typing ? texts.isTyping : ticket.preview || texts.noPreview}
          </span>
          <span className="row-facts">
            <span className="chip" data-reason={ticket.reason}>
              {outcome && at === 'closed' ? outcomeText(outcome, words) : reasonText(ticket, words)}
            </span>
            <span>{channelName(ticket)}</span>
            <span className="unseen">{languageName(language, locale)}</span>
            {place !== undefined && <span className="unseen">{say('place', { place })}</span>}
            {owner && <span>{owner}</span>}
            {wantedAgentId === state.me.id && <span className="for-you">{texts.forYou}</span>}
            {at === 'wrapUp' && <span>{texts.stateWrapUp}</span>}
          </span>
        </span>
        {unread > 0 && <Unread count={unread} />}
      </button>
      {claimable && (
        <button
          type="button"
          className="row-claim"
          aria-label={say('claimNamed', { name: ticketTitle(ticket, words) })}
          onClick={() => onClaim(ticket)}
        >
          {texts.claim}
        </button>
      )}
    </li>
  );
}
