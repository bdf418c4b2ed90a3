import { useCallback, useState } from 'react';
import { keepDraft, recallDraft } from './draft';

/** What the shopper is writing; it outlives a refresh and a new connection. */
export function useDraft(): readonly [string, (draft: string) => void] {
  const [draft, setDraft] = useState(recallDraft);
  const write = useCallback((next: string) => {
    keepDraft(next);
    setDraft(next);
  }, []);
  return [draft, write];
}
