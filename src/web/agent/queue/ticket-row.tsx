import type { Ticket } from '../api/types';
import { agentName, lastSaid } from '../desk/lists';
import { useDeskState } from '../desk-context';
import { Unread } from '../frame/top-bar';
import { Avatar } from '../parts/avatar';
import { channelName, languageName, outcomeText, reasonText, ticketTitle } from '../parts/names';
import { momentText } from '../parts/times';
import { useNow } from '../parts/use-now';
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
          <Preview ticket={ticket} />
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

/** That the shopper writes, or their last words. */
function Preview({ ticket }: Pick<TicketRowProps, 'ticket'>) {
  const state = useDeskState();
  const { texts, language } = useWords();
  if (useNow() < (state.typing.get(ticket.id) ?? 0)) {
    return (
      <span className="row-preview" lang={language}>
        {texts.isTyping}
      </span>
    );
  }
  const said = lastSaid(state, ticket);
  const files = said?.files?.length ? texts[said.files[0]?.kind === 'voice' ? 'voiceNote' : 'photoUnnamed'] : '';
  return (
    <span className="row-preview" dir="auto" lang={ticket.language}>
      {said?.text || said?.heard?.text || files || ticket.preview || texts.noPreview}
    </span>
  );
}
