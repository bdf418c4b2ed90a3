import type { Colleague } from '../api/types';
import { Avatar } from '../parts/avatar';
import { initialsOf } from '../parts/initials';
import { useWords } from '../texts';

/** Everybody who may sign in: whether they are there, and how many conversations they have. */
export function AgentTable({ agents }: { readonly agents: readonly Colleague[] }) {
  const { texts } = useWords();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{texts.agentName}</th>
          <th scope="col">{texts.status}</th>
          <th scope="col" className="number">
            {texts.conversations}
          </th>
        </tr>
      </thead>
      <tbody>
        {agents.map(({ id, displayName, status, load }) => (
          <tr key={id}>
            <th scope="row">
              <span className="table-name">
                <Avatar id={id} letters={initialsOf(displayName)} small />
                {displayName}
              </span>
            </th>
            <td>
              <span className="status-dot" data-status={status} /> {texts[status]}
            </td>
            <td className="number">{load}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
