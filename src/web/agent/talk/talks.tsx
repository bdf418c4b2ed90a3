import { useEffect, useRef, useState } from 'react';
import { shownSideBySide } from '../desk/lists';
import { useDesk, useDeskState } from '../desk-context';
import { useShortcut } from '../keys/use-shortcuts';
import { useWords } from '../texts';
import { Talk } from './talk';
import { TalkTabs } from './talk-tabs';

/** A conversation needs this width, in pixels; no more than so many stand side by side. */
const COLUMN = 430;
const MOST_COLUMNS = 3;

interface TalksProps {
  readonly phone: boolean;
  readonly onSelect: (ticketId: string) => void;
  /** Back to the queue, on a phone. */
  readonly onBack: () => void;
}

/** The open conversations: as many side by side as there is room for, the others behind their tabs. */
export function Talks({ phone, onSelect, onBack }: TalksProps) {
  const { desk } = useDesk();
  const state = useDeskState();
  const { texts } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(1);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setColumns(Math.min(MOST_COLUMNS, Math.max(1, Math.floor(element.clientWidth / COLUMN))));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const [front] = state.recent;
  const leave = (ticketId: string) => {
    desk.leave(ticketId);
    if (phone) onBack();
  };
  const step = (by: number) => {
    const at = state.opened.indexOf(front ?? '');
    const next = state.opened.at((at + by) % state.opened.length);
    if (next !== undefined) onSelect(next);
  };
  useShortcut('nextTalk', () => step(1), state.opened.length > 1);
  useShortcut('previousTalk', () => step(-1), state.opened.length > 1);
  useShortcut('leave', () => leave(front ?? ''), front !== undefined);
  const shown = shownSideBySide(state, phone ? 1 : columns).flatMap((id) => state.tickets.get(id) ?? []);
  return (
    <div ref={box} className="talks">
      {!phone && state.opened.length > 1 && (
        <TalkTabs shown={shown.map(({ id }) => id)} onSelect={onSelect} onLeave={leave} />
      )}
      <div className="columns">
        {shown.map((ticket) => (
          <Talk
            key={ticket.id}
            ticket={ticket}
            front={ticket.id === front}
            {...(phone && { onBack })}
            onLeave={() => leave(ticket.id)}
          />
        ))}
        {shown.length === 0 && (
          <div className="empty">
            <img src="/icon.svg" alt="" width="56" height="56" />
            <p>{texts.chooseTalk}</p>
            <p className="quiet">{texts.chooseTalkHint}</p>
          </div>
        )}
      </div>
    </div>
  );
}
