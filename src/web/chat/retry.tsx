import { hooks } from 'botframework-webchat-api';
import type { WebChatActivity } from 'botframework-webchat-core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

const { useGetKeyByActivity, usePostActivity, useSendStatusByActivityKey } = hooks;

interface Retries {
  readonly retry: (activity: WebChatActivity) => void;
  /** True for a failed message that was sent again: its second try is shown in its place. */
  readonly isReplaced: (activity: WebChatActivity) => boolean;
}

const context = createContext<Retries>({ retry: () => undefined, isReplaced: () => false });

/** Remembers which failed messages were sent again. */
export function RetryProvider({ children }: { readonly children: ReactNode }) {
  const postActivity = usePostActivity();
  const keyOf = useGetKeyByActivity();
  const [statusByKey] = useSendStatusByActivityKey();
  const [replaced, setReplaced] = useState<ReadonlySet<string>>(new Set());
  const retry = useCallback(
    (activity: WebChatActivity) => {
      const key = keyOf(activity);
      if (key !== undefined) setReplaced((known) => new Set([...known, key]));
      postActivity(withFiles(activity));
    },
    [keyOf, postActivity],
  );
  const isReplaced = useCallback(
    (activity: WebChatActivity) => {
      const key = keyOf(activity) ?? '';
      return replaced.has(key) && statusByKey.get(key) === 'send failed';
    },
    [keyOf, replaced, statusByKey],
  );
  const value = useMemo(() => ({ retry, isReplaced }), [retry, isReplaced]);
  return <context.Provider value={value}>{children}</context.Provider>;
}

/** Web Chat takes the address of a file that has not arrived yet for a thumbnail's only. */
function withFiles(activity: WebChatActivity): WebChatActivity {
  if (activity.type !== 'message' || activity.attachments === undefined) return activity;
  const attachments = activity.attachments.map((attachment) => {
    const { contentUrl = attachment.thumbnailUrl } = attachment;
    return contentUrl === undefined ? attachment : { ...attachment, contentUrl };
  });
  return { ...activity, attachments };
}

/** Sends a message again that did not arrive. */
export function useRetry(): Retries['retry'] {
  return useContext(context).retry;
}

/** Tells which messages were sent again. */
export function useIsReplaced(): Retries['isReplaced'] {
  return useContext(context).isReplaced;
}
