import type { ReactNode } from 'react';
import { CloseIcon } from '../../chat/icons';
import type { Ticket } from '../api/types';
import { agentName } from '../desk/lists';
import { useDeskState } from '../desk-context';
import { channelName, languageName, outcomeText, reasonText, shopperMark } from '../parts/names';
import { Stars } from '../parts/stars';
import { momentText, waitText } from '../parts/times';
import { useWords } from '../texts';
import type { Action } from './actions';
import { TagEditor } from './tag-editor';

interface DetailsProps {
  readonly ticket: Ticket;
  readonly actions: ReadonlySet<Action>;
  readonly onTags: (tags: readonly string[]) => Promise<boolean>;
  readonly onClose: () => void;
}

/** What is known beside the words: facts, tags, and what was before. */
export function Details({ ticket, actions, onTags, onClose }: DetailsProps) {
  const state = useDeskState();
  const words = useWords();
  const { texts, locale } = words;
  const waited = ticket.assignedAt === undefined ? undefined : (ticket.assignedAt - ticket.openedAt) / 1000;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [texts.factShopper, shopperMark(ticket)],
    [texts.factLanguage, languageName(ticket.language, locale)],
    [texts.factChannel, channelName(ticket)],
    [texts.factReason, reasonText(ticket, words)],
    [texts.factTopic, ticket.topic],
    [texts.factEmail, ticket.email],
    [texts.factOpened, momentText(ticket.openedAt, locale)],
    [texts.factWaited, waited === undefined ? undefined : waitText(waited, locale)],
    [texts.factAgent, ticket.agentName ?? agentName(state, ticket.agentId)],
    [texts.factWanted, agentName(state, ticket.wantedAgentId)],
  ];
  return (
    <aside className="details" aria-label={texts.details}>
      <div className="details-head">
        <h3>{texts.details}</h3>
        <button type="button" className="icon-button" aria-label={texts.close} title={texts.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      <dl className="facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <h3>{texts.tags}</h3>
      {/* While somebody wraps up, the tags are asked for there. */}
      {actions.has('note') && ticket.state !== 'wrapUp' ? (
        <TagEditor tags={ticket.tags} onTags={(tags) => void onTags(tags)} />
      ) : (
        <Tags tags={ticket.tags} />
      )}
      <History tickets={state.history.get(ticket.id) ?? []} />
    </aside>
  );
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
  const { texts } = useWords();
  if (tags.length === 0) return <p className="quiet">{texts.noTags}</p>;
  return (
    <p className="tags">
      {tags.map((tag) => (
        <span key={tag} className="tag" dir="auto">
          {tag}
        </span>
      ))}
    </p>
  );
}

function History({ tickets }: { readonly tickets: readonly Ticket[] }) {
  const words = useWords();
  const { texts, locale } = words;
  if (tickets.length === 0) return null;
  return (
    <>
      <h3>{texts.history}</h3>
      <ul className="history">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <span>{momentText(ticket.openedAt, locale)}</span>
            <span className="quiet">
              {[reasonText(ticket, words), ticket.outcome && outcomeText(ticket.outcome, words)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {ticket.satisfaction !== undefined && <Stars value={ticket.satisfaction} />}
          </li>
        ))}
      </ul>
    </>
  );
}
