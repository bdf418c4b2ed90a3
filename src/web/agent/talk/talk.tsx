import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ticket } from '../api/types';
import { Composer } from '../composer/composer';
import { EMPTY_THREAD } from '../desk/state';
import { useDesk, useDeskState } from '../desk-context';
import { useShortcut } from '../keys/use-shortcuts';
import { shopperMark } from '../parts/names';
import { problemOf } from '../parts/problems';
import { useWords } from '../texts';
import { PendingRow } from '../transcript/pending-row';
import { Transcript } from '../transcript/transcript';
import { actionsOn } from './actions';
import { AssignDialog } from './assign-dialog';
import { Details } from './details';
import { TalkFoot } from './talk-foot';
import { TalkHead } from './talk-head';
import { TransferDialog } from './transfer-dialog';
import { WrapUp } from './wrap-up';

interface TalkProps {
  readonly ticket: Ticket;
  /** Is it the one that keys act on? */
  readonly front: boolean;
  readonly onBack?: () => void;
  readonly onLeave: () => void;
}

/** One conversation: its transcript, what can be done, and where to write. */
export function Talk({ ticket, front, onBack, onLeave }: TalkProps) {
  const { desk } = useDesk();
  const state = useDeskState();
  const { texts, say } = useWords();
  const [dialog, setDialog] = useState<'transfer' | 'assign'>();
  const [closing, setClosing] = useState(false);
  const [writing, setWriting] = useState(false);
  const [details, setDetails] = useState<boolean>();
  const [problem, setProblem] = useState('');
  const body = useRef<HTMLDivElement>(null);
  const actions = actionsOn(ticket, state.me);
  const thread = state.threads.get(ticket.conversationId) ?? EMPTY_THREAD;

  const act = useCallback(
    async (action: string, fields: object = {}): Promise<boolean> => {
      setProblem('');
      const answer = await desk.act(ticket.id, action, fields);
      if (!answer.ok) setProblem(texts[problemOf(answer)]);
      return answer.ok;
    },
    [desk, ticket.id, texts],
  );
  // What was wrong with the ticket as it was says nothing of what it is now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    setClosing(false);
    setWriting(false);
    setProblem('');
  }, [ticket.state]);
  const claim = () => void act('claim');
  const giveBack = () => void act('return');
  const finish = () => void act('finish');
  // Until somebody chooses, the width of the conversation decides (styles/talk.css).
  const toggleDetails = () => setDetails(body.current?.querySelector('.details')?.checkVisibility() !== true);
  useShortcut('claim', claim, front && actions.has('claim'));
  useShortcut('transfer', () => setDialog('transfer'), front && actions.has('transfer'));
  useShortcut('return', giveBack, front && actions.has('return'));
  useShortcut('finish', finish, front && actions.has('finish'));
  useShortcut('details', toggleDetails, front);

  // In other states somebody has to want to write.
  const talks = actions.has('answer') && ticket.state !== 'wrapUp';
  const wrapsUp = (ticket.state === 'wrapUp' && actions.has('close')) || closing;
  return (
    <section
      className="talk"
      aria-label={say('talkWith', { mark: shopperMark(ticket) })}
      data-front={front}
      onFocus={() => !front && desk.open(ticket.id)}
    >
      <TalkHead
        ticket={ticket}
        actions={actions}
        {...(onBack && { onBack })}
        onLeave={onLeave}
        onTransfer={() => setDialog('transfer')}
        onAssign={() => setDialog('assign')}
        onReturn={giveBack}
        onFinish={finish}
        onDetails={toggleDetails}
        detailsShown={details === true}
      />
      <div ref={body} className="talk-body" data-details={details}>
        <div className="talk-main">
          {ticket.isHidden ? (
            <div className="empty">
              <p>{texts.hidden}</p>
              {/* What did not get through before it became another's: the agent's own words are not lost. */}
              {thread.pending.map((sent) => (
                <PendingRow key={sent.id} sent={sent} />
              ))}
            </div>
          ) : (
            <Transcript ticket={ticket} thread={thread} />
          )}
          <p className="problem talk-problem" role="alert">
            {problem}
          </p>
          {wrapsUp ? (
            <WrapUp ticket={ticket} onClose={(fields) => act('close', fields)} />
          ) : (
            <TalkFoot
              ticket={ticket}
              actions={actions}
              onClaim={claim}
              onAssign={() => setDialog('assign')}
              onClose={() => setClosing(true)}
            />
          )}
          {(talks || writing) && <Composer ticket={ticket} actions={actions} front={front} />}
          {!talks && !writing && actions.has('note') && (
            <button type="button" className="link write-anyway" onClick={() => setWriting(true)}>
              {actions.has('answer') ? texts.writeAgain : texts.addNote}
            </button>
          )}
        </div>
        <Details ticket={ticket} actions={actions} onTags={(tags) => act('tags', { tags })} onClose={toggleDetails} />
      </div>
      {dialog === 'transfer' && (
        <TransferDialog
          ticket={ticket}
          onTransfer={(fields) => act('transfer', fields)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'assign' && (
        <AssignDialog
          ticket={ticket}
          onAssign={(agentId) => act('assign', { agentId })}
          onClose={() => setDialog(undefined)}
        />
      )}
    </section>
  );
}
