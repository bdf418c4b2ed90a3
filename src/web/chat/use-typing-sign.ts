import { hooks } from 'botframework-webchat-api';
import { useCallback, useRef } from 'react';
import { messageOf } from './activity';

const { useActivities, useEmitTypingIndicator } = hooks;

/** Milliseconds between two signs. */
const INTERVAL = 3000;

/** Returns what tells a person at the other end that the shopper writes; the assistant does not look. */
export function useTypingSign(): () => void {
  const [activities] = useActivities();
  const emit = useEmitTypingIndicator();
  const emittedAt = useRef(0);
  const answers = activities.flatMap((activity) => messageOf(activity) ?? []).filter(({ fromShopper }) => !fromShopper);
  const toPerson = answers.at(-1)?.person !== undefined;
  return useCallback(() => {
    if (!toPerson || Date.now() - emittedAt.current < INTERVAL) return;
    emittedAt.current = Date.now();
    emit();
  }, [toPerson, emit]);
}
