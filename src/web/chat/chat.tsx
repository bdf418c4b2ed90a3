import { Composer, type ComposerProps } from 'botframework-webchat-api';
import { createStore } from 'botframework-webchat-core';
import { useMemo, useState } from 'react';
import { RefusalNotice } from './banner';
import type { Connection } from './connection';
import { activityMiddleware, attachmentMiddleware } from './middleware';
import { type Refusal, refusalMiddleware } from './refusal';
import { RetryProvider } from './retry';
import { SendBox } from './send-box';
import { useSpeech } from './texts';
import { Transcript } from './transcript';
import { useWaitingFiles } from './use-waiting-files';

/** Web Chat's own texts are left out of the build (see build/slim.ts); its components that say them are not used. */
const NO_STRINGS = () => ({});
const STYLE_OPTIONS = { sendTimeout: 20_000, sendTimeoutForAttachments: 60_000 };

interface ChatProps {
  readonly connection: Connection;
  readonly paused: boolean;
}

/** A conversation on Web Chat's Composer, which keeps activities, sending and typing; all that is seen is ours. */
export function Chat({ connection, paused }: ChatProps) {
  const { texts, locale } = useSpeech();
  const [refusal, setRefusal] = useState<Refusal>();
  const store = useMemo(() => createStore({}, refusalMiddleware(setRefusal)), []);
  const waiting = useWaitingFiles();
  return (
    <Composer
      // The two packages describe the same object by types that differ in details.
      directLine={connection.directLine as unknown as ComposerProps['directLine']}
      store={store}
      locale={locale}
      activityMiddleware={activityMiddleware}
      attachmentMiddleware={attachmentMiddleware}
      overrideLocalizedStrings={NO_STRINGS}
      styleOptions={STYLE_OPTIONS}
    >
      <RetryProvider>
        <div className="chat" {...waiting.drop}>
          <Transcript />
          <RefusalNotice refusal={refusal} onClose={() => setRefusal(undefined)} />
          <SendBox waiting={waiting} paused={paused} />
          {waiting.dragging && <div className="drop">{texts.dropHere}</div>}
        </div>
      </RetryProvider>
    </Composer>
  );
}
