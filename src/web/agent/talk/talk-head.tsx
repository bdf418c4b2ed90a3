import { CloseIcon } from '../../chat/icons';
import type { Ticket } from '../api/types';
import { useDeskState } from '../desk-context';
import { Avatar } from '../parts/avatar';
import { BackIcon, BotIcon, CheckIcon, InfoIcon, MoreIcon, PeopleIcon, TransferIcon } from '../parts/icons';
import { channelName, reasonText, shopperMark, ticketTitle } from '../parts/names';
import { Popover } from '../parts/popover';
import { WaitClock } from '../queue/wait-clock';
import { useWords } from '../texts';
import type { Action } from './actions';

interface TalkHeadProps {
  readonly ticket: Ticket;
  readonly actions: ReadonlySet<Action>;
  readonly detailsShown: boolean;
  readonly onBack?: () => void;
  readonly onLeave: () => void;
  readonly onTransfer: () => void;
  readonly onAssign: () => void;
  readonly onReturn: () => void;
  readonly onFinish: () => void;
  readonly onDetails: () => void;
}

/** Whose conversation it is, whether the shopper is there, and what can be done with it. */
export function TalkHead(props: TalkHeadProps) {
  const { ticket, actions, onBack, onLeave, onDetails, onFinish, detailsShown } = props;
  const { present } = useDeskState();
  const words = useWords();
  const { texts, say } = words;
  const isThere = present.get(ticket.id);
  return (
    <header className="talk-head">
      {onBack && (
        <button type="button" className="icon-button" aria-label={texts.back} title={texts.back} onClick={onBack}>
          <BackIcon />
        </button>
      )}
      <Avatar id={ticket.userId} letters={ticket.language.toUpperCase()} />
      <div className="talk-name">
        <h2 dir="auto">{ticketTitle(ticket, words)}</h2>
        <p>
          {isThere !== undefined && (
            <span className="presence" data-present={isThere}>
              <span className="status-dot" data-status={isThere ? 'available' : 'offline'} />
              {isThere ? texts.shopperHere : texts.shopperGone}
            </span>
          )}
          <span>{say('shopperNamed', { mark: shopperMark(ticket) })}</span>
          <span>{channelName(ticket)}</span>
          <span>{reasonText(ticket, words)}</span>
          {ticket.state !== 'closed' && ticket.state !== 'message' && <WaitClock ticket={ticket} />}
        </p>
      </div>
      {actions.has('finish') && (
        <button type="button" className="action action-main" onClick={onFinish}>
          <CheckIcon />
          <span>{texts.finish}</span>
        </button>
      )}
      <Actions {...props} />
      <button
        type="button"
        className="icon-button details-button"
        aria-label={texts.details}
        title={texts.details}
        aria-pressed={detailsShown}
        onClick={onDetails}
      >
        <InfoIcon />
      </button>
      {!onBack && (
        <button
          type="button"
          className="icon-button"
          aria-label={say('leaveNamed', { name: ticketTitle(ticket, words) })}
          title={texts.leave}
          onClick={onLeave}
        >
          <CloseIcon />
        </button>
      )}
    </header>
  );
}

/** What is done less often. */
function Actions({ actions, onTransfer, onAssign, onReturn }: TalkHeadProps) {
  const { texts } = useWords();
  const all = [
    { action: 'transfer', text: texts.transfer, icon: <TransferIcon />, act: onTransfer },
    { action: 'assign', text: texts.assign, icon: <PeopleIcon />, act: onAssign },
    { action: 'return', text: texts.returnToBot, icon: <BotIcon />, act: onReturn },
  ] as const;
  const allowed = all.filter(({ action }) => actions.has(action));
  if (allowed.length === 0) return null;
  return (
    <Popover label={texts.moreActions} button={<MoreIcon />}>
      {(close) =>
        allowed.map(({ action, text, icon, act }) => (
          <button
            key={action}
            type="button"
            className="menu-item"
            onClick={() => {
              close();
              act();
            }}
          >
            {icon}
            {text}
          </button>
        ))
      }
    </Popover>
  );
}
