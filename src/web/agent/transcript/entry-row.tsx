import { memo } from 'react';
import type { Entry, Ticket } from '../api/types';
import { agentName } from '../desk/lists';
import { useDeskState } from '../desk-context';
import { LockIcon } from '../parts/icons';
import { shopperMark } from '../parts/names';
import { timeText } from '../parts/times';
import { useWords } from '../texts';
import { EntryFiles } from './entry-files';
import { EntryProducts } from './entry-products';
import { EntryText } from './entry-text';
import { SystemRow } from './system-row';
import { Translation } from './translation';

interface EntryRowProps {
  readonly ticket: Ticket;
  readonly entry: Entry;
  readonly first: boolean;
  readonly last: boolean;
}

/** One thing that was said: by whom, when, with what, and how the assistant took it. */
export function EntryRow({ ticket, entry, first, last }: EntryRowProps) {
  const state = useDeskState();
  const { texts, say } = useWords();
  const { speaker, isPrivate } = entry;
  const names = {
    shopper: () => say('shopperNamed', { mark: shopperMark(ticket) }),
    bot: () => texts.assistant,
    agent: () => entry.agentName ?? agentName(state, entry.agentId) ?? texts.colleague,
    system: () => '',
  };
  return (
    <Said
      entry={entry}
      ticketId={ticket.id}
      name={names[speaker]()}
      first={first}
      last={last}
      isNote={isPrivate === true}
    />
  );
}

interface SaidProps {
  readonly entry: Entry;
  readonly ticketId: string;
  readonly name: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly isNote: boolean;
}

// A long transcript is not drawn again with every tick.
const Said = memo(function Said({ entry, ticketId, name, first, last, isNote }: SaidProps) {
  const { texts, locale } = useWords();
  const { speaker, text, files = [], heard, understood, products = [], at, language, translation } = entry;
  if (speaker === 'system') return <SystemRow entry={entry} />;
  return (
    <div className={`entry entry-${speaker}${isNote ? ' entry-note' : ''}`} data-first={first}>
      {first ? (
        <p className="entry-who">
          {isNote && <LockIcon />}
          <strong dir="auto">{name}</strong>
          {isNote && <span>{texts.privateNote}</span>}
        </p>
      ) : (
        <span className="unseen">{name}</span>
      )}
      <EntryFiles files={files} heard={heard} />
      {text !== '' && <EntryText text={text} language={language} />}
      {translation && (
        <p className="translated" lang={translation.language} dir="auto">
          {translation.text}
        </p>
      )}
      <EntryProducts products={products} />
      {understood && (
        <p className="understood">
          <span className="understood-label">{texts.understood}</span> <span dir="auto">{understood}</span>
        </p>
      )}
      {speaker === 'shopper' && <Translation ticketId={ticketId} entry={entry} />}
      {last && (
        <time className="entry-time" dateTime={new Date(at).toISOString()}>
          {timeText(at, locale)}
        </time>
      )}
    </div>
  );
});
