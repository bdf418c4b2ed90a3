import { useSyncExternalStore } from 'react';
import type { Alerts } from '../alerts/alerts';
import { useWords } from '../texts';

/** Tells screen readers of what rings. */
export function Announcer({ alerts }: { readonly alerts: Alerts }) {
  const notice = useSyncExternalStore(alerts.subscribe, alerts.latest);
  const { texts } = useWords();
  return (
    <div className="unseen" role="status">
      {notice && `${texts[notice.kind]}: ${notice.preview}`}
    </div>
  );
}
