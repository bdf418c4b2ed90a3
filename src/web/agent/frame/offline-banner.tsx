import { useEffect, useState } from 'react';
import { useDeskState } from '../desk-context';
import { useWords } from '../texts';

/** Short breaks are nobody's concern. */
const PATIENCE = 1500;

/** Says that the page is not up to date, until it is again. */
export function OfflineBanner() {
  const { connection, listed } = useDeskState();
  const { texts } = useWords();
  const [late, setLate] = useState(false);
  const fine = connection === 'live' || (connection === 'connecting' && listed);
  useEffect(() => {
    setLate(false);
    if (fine) return undefined;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [fine]);
  return (
    <div className="offline" role="status">
      {late && <p>{texts.reconnecting}</p>}
    </div>
  );
}
