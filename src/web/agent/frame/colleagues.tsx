import { useDeskState } from '../desk-context';
import { Avatar } from '../parts/avatar';
import { initialsOf } from '../parts/initials';
import { useWords } from '../texts';

/** Who is signed in, whether they take conversations, and how many they have. */
export function Colleagues() {
  const { agents, me } = useDeskState();
  const { texts, say } = useWords();
  const rank = { available: 0, away: 1, offline: 2 } as const;
  const sorted = [...agents].sort((one, other) => rank[one.status] - rank[other.status]);
  return (
    <ul className="colleagues">
      {sorted.map((agent) => (
        <li key={agent.id}>
          <Avatar id={agent.id} letters={initialsOf(agent.displayName)} small />
          <span className="colleague-name">
            {agent.displayName}
            {agent.id === me.id && ` (${texts.you})`}
          </span>
          <span className="quiet">
            {agent.status === 'offline' ? texts.offline : say('load', { count: agent.load })}
          </span>
          <span className="status-dot" data-status={agent.status} />
          <span className="unseen">{texts[agent.status]}</span>
        </li>
      ))}
    </ul>
  );
}
