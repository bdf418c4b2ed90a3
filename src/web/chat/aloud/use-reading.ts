import { hooks } from 'botframework-webchat-api';
import type { WebChatActivity } from 'botframework-webchat-core';
import { useEffect, useRef } from 'react';
import { isCard, messageOf } from '../activity';
import { heroOf, productOf } from '../product';
import { useSpeech } from '../texts';
import { useReadsAloud } from './read-aloud';
import { read, stopReading } from './reader';

const { useGetKeyByActivity, useSendStatusByActivityKey } = hooks;

/**
 * Reads answers out as they come. What was there before the shopper sent something on this page is history, and browsers
 * stay silent until then anyway.
 */
export function useReading(shown: readonly WebChatActivity[]): void {
  const reads = useReadsAloud();
  const { locale } = useSpeech();
  const keyOf = useGetKeyByActivity();
  const [statusByKey] = useSendStatusByActivityKey();
  const known = useRef(new Set<string>());
  const begun = useRef(false);

  useEffect(() => {
    for (const activity of shown) {
      const key = keyOf(activity);
      const message = messageOf(activity);
      if (key === undefined || message === undefined) continue;
      if (message.fromShopper && statusByKey.get(key) === 'sending') begun.current = true;
      if (known.current.has(key)) continue;
      known.current.add(key);
      if (message.fromShopper) stopReading();
      else if (reads && begun.current) {
        const cards = message.attachments.filter(isCard).flatMap(({ content }) => {
          const product = productOf(content) ?? heroOf(content);
          return product ? [product] : [];
        });
        read(message.text, cards, message.locale ?? locale);
      }
    }
  }, [shown, reads, locale, keyOf, statusByKey]);
  useEffect(() => stopReading, []);
}
