import { useCallback, useEffect, useState } from 'react';
import type { AuditEntry } from '../api/types';
import { useDesk } from '../desk-context';
import { momentText } from '../parts/times';
import { useWords } from '../texts';

/** Who did what and when, newest first; the words are those of the log. */
export function AuditList() {
  const { api } = useDesk();
  const { texts, locale } = useWords();
  const [entries, setEntries] = useState<readonly AuditEntry[]>([]);
  const [more, setMore] = useState(true);
  const load = useCallback(
    async (before?: number) => {
      const answer = await api.audit(before);
      if (!answer.ok) return;
      const page = answer.value.entries;
      setMore(page.length > 0);
      setEntries((known) => (before === undefined ? page : [...known, ...page]));
    },
    [api],
  );
  useEffect(() => void load(), [load]);
  return (
    <section className="panel">
      <h2>{texts.auditLog}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="table-frame" tabIndex={0} aria-label={texts.auditLog}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{texts.auditTime}</th>
              <th scope="col">{texts.factAgent}</th>
              <th scope="col">{texts.auditAction}</th>
              <th scope="col">{texts.auditResult}</th>
              <th scope="col">{texts.auditTicket}</th>
              <th scope="col">{texts.details}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ sequence, at, agentName, action, result, ticketId, detail }) => (
              <tr key={sequence} data-refused={result !== 'done'}>
                <td>{momentText(at, locale)}</td>
                <td>{agentName ?? '–'}</td>
                <td>
                  <code>{action}</code>
                </td>
                <td>
                  <code>{result}</code>
                </td>
                <td>
                  <code>{ticketId?.slice(0, 8)}</code>
                </td>
                <td>{detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {more && entries.length > 0 && (
        <button type="button" className="more" onClick={() => void load(entries.at(-1)?.sequence)}>
          {texts.showMore}
        </button>
      )}
    </section>
  );
}
