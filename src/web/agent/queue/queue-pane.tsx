import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ListName } from '../api/console-api';
import type { Ticket } from '../api/types';
import { LISTS, placesOf, ticketsIn, unreadIn } from '../desk/lists';
import { useDesk, useDeskState } from '../desk-context';
import { useShortcut } from '../keys/use-shortcuts';
import { problemOf } from '../parts/problems';
import { type TextKey, useWords } from '../texts';
import { TicketRow } from './ticket-row';

const LABELS = { open: 'listOpen', mine: 'listMine', message: 'listMessage', closed: 'listClosed' } as const;
const EMPTY = { open: 'emptyOpen', mine: 'emptyMine', message: 'emptyMessage', closed: 'emptyClosed' } as const;

interface QueuePaneProps {
  readonly list: ListName;
  readonly onList: (list: ListName) => void;
  readonly onSelect: (ticketId: string) => void;
}

/** All conversations that concern the agent, in four lists. */
export function QueuePane({ list, onList, onSelect }: QueuePaneProps) {
  const { desk } = useDesk();
  const state = useDeskState();
  const { texts } = useWords();
  const rows = useRef<HTMLUListElement>(null);
  const tickets = ticketsIn(state, list);
  const places = placesOf(state);
  useListKeys(rows, onList);
  const [problem, setProblem] = useState<TextKey>();
  useEffect(() => {
    setProblem(undefined);
    if (list === 'closed') void desk.moreClosed();
  }, [desk, list]);
  const claim = async ({ id }: Ticket) => {
    const answer = await desk.act(id, 'claim');
    if (!answer.ok) {
      setProblem(answer.status === 409 ? 'takenFirst' : problemOf(answer));
      return;
    }
    setProblem(undefined);
    onList('mine');
    onSelect(id);
  };
  return (
    <section className="queue" aria-label={texts.queue}>
      <ul className="lists" aria-label={texts.lists}>
        {LISTS.map((name) => (
          <li key={name}>
            <button type="button" aria-current={name === list ? 'true' : undefined} onClick={() => onList(name)}>
              <span>{texts[LABELS[name]]}</span>
              {name !== 'closed' && <span className="list-count">{ticketsIn(state, name).length}</span>}
            </button>
          </li>
        ))}
      </ul>
      <p className="problem" role="alert">
        {problem && texts[problem]}
      </p>
      {state.listed && tickets.length === 0 ? (
        <div className="empty">
          <img src="/icon.svg" alt="" width="44" height="44" />
          <p>{texts[EMPTY[list]]}</p>
        </div>
      ) : (
        <ul ref={rows} className="rows" aria-busy={!state.listed}>
          {tickets.map((ticket) => (
            <TicketRow
              key={ticket.id}
              ticket={ticket}
              place={places.get(ticket.id)}
              unread={unreadIn(state, ticket)}
              current={state.recent[0] === ticket.id}
              onSelect={onSelect}
              onClaim={(claimed) => void claim(claimed)}
            />
          ))}
          {list === 'closed' && state.moreClosed && tickets.length > 0 && (
            <li>
              <button type="button" className="more" onClick={() => void desk.moreClosed()}>
                {texts.showMore}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

/** The keys that choose a list and go through its rows. */
function useListKeys(rows: RefObject<HTMLElement>, onList: (list: ListName) => void): void {
  const step = (by: number) => {
    const buttons = [...(rows.current?.querySelectorAll<HTMLElement>('.row-main') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? buttons[by > 0 ? 0 : buttons.length - 1] : buttons[at + by];
    next?.focus();
  };
  useShortcut('listOpen', () => onList('open'));
  useShortcut('listMine', () => onList('mine'));
  useShortcut('listMessage', () => onList('message'));
  useShortcut('listClosed', () => onList('closed'));
  useShortcut('down', () => step(1));
  useShortcut('up', () => step(-1));
}
