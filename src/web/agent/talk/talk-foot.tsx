import type { Ticket } from '../api/types';
import { agentName } from '../desk/lists';
import { useDeskState } from '../desk-context';
import { CopyIcon } from '../parts/icons';
import { outcomeText } from '../parts/names';
import { Stars } from '../parts/stars';
import { useWords } from '../texts';
import type { Action } from './actions';

interface TalkFootProps {
  readonly ticket: Ticket;
  readonly actions: ReadonlySet<Action>;
  readonly onClaim: () => void;
  readonly onAssign: () => void;
  readonly onClose: () => void;
}

/** Where a conversation that the agent does not lead stands, and the way to take it. */
export function TalkFoot({ ticket, actions, onClaim, onAssign, onClose }: TalkFootProps) {
  const state = useDeskState();
  const words = useWords();
  const { texts, say } = words;
  const owner = ticket.agentName ?? agentName(state, ticket.agentId) ?? '';
  if (actions.has('answer')) return null;
  if (ticket.state === 'closed') {
    return (
      <div className="foot">
        <p>
          <strong>{texts.stateClosed}</strong>
          {ticket.outcome && <span className="chip">{outcomeText(ticket.outcome, words)}</span>}
          {ticket.satisfaction !== undefined && <Stars value={ticket.satisfaction} />}
        </p>
        {ticket.comment && <p dir="auto">{ticket.comment}</p>}
      </div>
    );
  }
  return (
    <div className="foot">
      {ticket.state === 'message' ? (
        <LeftMessage ticket={ticket} />
      ) : (
        <p>{owner ? say('ledBy', { name: owner }) : texts.nobodyYet}</p>
      )}
      <div className="foot-actions">
        {actions.has('assign') && (
          <button type="button" className="action" onClick={onAssign}>
            {texts.assign}
          </button>
        )}
        {actions.has('close') && ticket.state === 'message' && (
          <button type="button" className="action" onClick={onClose}>
            {texts.closeMessage}
          </button>
        )}
        {actions.has('claim') && (
          <button type="button" className="primary" onClick={onClaim}>
            {texts.claim}
          </button>
        )}
      </div>
    </div>
  );
}

function LeftMessage({ ticket: { email } }: Pick<TalkFootProps, 'ticket'>) {
  const { texts } = useWords();
  return (
    <p>
      {texts.leftMessage}{' '}
      {email && (
        <>
          <strong className="email">{email}</strong>
          <button
            type="button"
            className="icon-button"
            aria-label={texts.copyEmail}
            title={texts.copyEmail}
            onClick={() => void navigator.clipboard?.writeText(email)}
          >
            <CopyIcon />
          </button>
        </>
      )}
    </p>
  );
}
