import { useCallback, useState } from 'react';
import { keep, recall } from './storage';

const KEY = 'vitrine.draft';

/** What the shopper is writing; it outlives a refresh and a new connection. */
export function useDraft(): readonly [string, (draft: string) => void] {
  const [draft, setDraft] = useState(() => recall('session', KEY) ?? '');
  const write = useCallback((next: string) => {
    keep('session', KEY, next === '' ? undefined : next);
    setDraft(next);
  }, []);
  return [draft, write];
}
