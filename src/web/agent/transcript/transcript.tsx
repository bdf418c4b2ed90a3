import { useEffect, useRef, useState } from 'react';
import type { Ticket } from '../api/types';
import type { Thread } from '../desk/state';
import { unreadOf } from '../desk/threads';
import { useDesk, useDeskState } from '../desk-context';
import { DownIcon } from '../parts/icons';
import { shopperMark } from '../parts/names';
import { dayText } from '../parts/times';
import { useNow } from '../parts/use-now';
import { useWords } from '../texts';
import { EntryRow } from './entry-row';
import { PendingRow } from './pending-row';
import { rowsOf } from './rows';
import { useTranscriptScroll } from './use-transcript-scroll';

interface TranscriptProps {
  readonly ticket: Ticket;
  readonly thread: Thread;
}

/** All that was said, by everybody; notes among agents, too. */
export function Transcript({ ticket, thread }: TranscriptProps) {
  const { desk } = useDesk();
  const { texts, say, locale } = useWords();
  const { entries, pending, loading, hasOlder } = thread;
  const busy = useRef(false);
  const loadOlder = () => {
    if (!hasOlder || busy.current) return;
    busy.current = true;
    void desk.loadOlder(ticket).finally(() => {
      busy.current = false;
    });
  };
  const { scroller, content, atEnd, toEnd } = useTranscriptScroll(entries[0]?.id, loadOlder);
  useInView(ticket.id, atEnd && loading === 'done');
  const sent = pending.at(-1)?.id;
  // Who sends something wants to see it.
  useEffect(() => {
    if (sent !== undefined) toEnd();
  }, [sent, toEnd]);
  const unread = unreadOf(thread);
  const shopper = say('shopperNamed', { mark: shopperMark(ticket) });
  const newest = entries.findLast(({ speaker }) => speaker === 'shopper');
  return (
    <div className="transcript-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={scroller} className="transcript" aria-label={`${texts.transcript}: ${shopper}`} tabIndex={0}>
        <div ref={content} className="transcript-content">
          {hasOlder && loading === 'done' && <p className="transcript-note">{texts.loadingOlder}</p>}
          {loading === 'loading' && <p className="transcript-note">{texts.loading}</p>}
          {loading === 'failed' && (
            <p className="transcript-note">
              {texts.notReached}{' '}
              <button type="button" className="link" onClick={() => void desk.load(ticket.id)}>
                {texts.retry}
              </button>
            </p>
          )}
          {rowsOf(entries).map((row) =>
            row.kind === 'day' ? (
              <p key={row.key} className="day">
                <span>{dayText(row.at, Date.now(), locale)}</span>
              </p>
            ) : (
              <EntryRow key={row.key} ticket={ticket} entry={row.entry} first={row.first} last={row.last} />
            ),
          )}
          {pending.map((each) => (
            <PendingRow key={each.id} sent={each} />
          ))}
          <Typing ticket={ticket} />
        </div>
      </section>
      {!atEnd && (
        <button type="button" className="to-end" data-unread={unread > 0} onClick={toEnd}>
          <DownIcon />
          {unread > 0 ? say('newMessages', { count: unread }) : texts.toEnd}
        </button>
      )}
      <p className="unseen" aria-live="polite">
        {newest && `${shopper}: ${newest.text}`}
      </p>
    </div>
  );
}

/** Tells the desk what the agent has before their eyes: the end of a transcript, in a page that is looked at. */
function useInView(ticketId: string, atEnd: boolean): void {
  const { desk } = useDesk();
  const [looks, setLooks] = useState(() => !document.hidden && document.hasFocus());
  useEffect(() => {
    const look = () => setLooks(!document.hidden && document.hasFocus());
    const events = ['focus', 'blur'] as const;
    for (const name of events) addEventListener(name, look);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const name of events) removeEventListener(name, look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  const inView = atEnd && looks;
  useEffect(() => {
    desk.look(ticketId, inView);
    return () => desk.look(ticketId, false);
  }, [desk, ticketId, inView]);
}

function Typing({ ticket }: { readonly ticket: Ticket }) {
  const { typing } = useDeskState();
  const { texts } = useWords();
  const until = typing.get(ticket.id) ?? 0;
  if (useNow() >= until) return null;
  return (
    <p className="entry entry-shopper">
      <span className="bubble typing">
        <span className="unseen">{texts.isTyping}</span>
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      </span>
    </p>
  );
}
