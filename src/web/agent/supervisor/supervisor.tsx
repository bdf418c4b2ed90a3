import { useState } from 'react';
import { useDeskState } from '../desk-context';
import { useWords } from '../texts';
import { AuditList } from './audit-list';
import { CannedEditor } from './canned-editor';
import { OverviewPage } from './overview-page';

const PAGES = [
  { name: 'overview', text: 'overview' },
  { name: 'canned', text: 'cannedReplies' },
  { name: 'audit', text: 'auditLog' },
] as const;

/** What supervisors see: how it goes, the canned replies, and for admins who did what. */
export function Supervisor() {
  const { me } = useDeskState();
  const { texts } = useWords();
  const [page, setPage] = useState<(typeof PAGES)[number]['name']>('overview');
  const allowed = PAGES.filter(({ name }) => name !== 'audit' || me.role === 'admin');
  return (
    <main className="supervisor" aria-label={texts.overview}>
      <div className="supervisor-inner">
        <ul className="lists supervisor-pages" aria-label={texts.screens}>
          {allowed.map(({ name, text }) => (
            <li key={name}>
              <button type="button" aria-current={name === page ? 'page' : undefined} onClick={() => setPage(name)}>
                {texts[text]}
              </button>
            </li>
          ))}
        </ul>
        {page === 'overview' && <OverviewPage />}
        {page === 'canned' && <CannedEditor />}
        {page === 'audit' && <AuditList />}
      </div>
    </main>
  );
}
