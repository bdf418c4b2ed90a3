import { Composer, type ComposerProps } from 'botframework-webchat-api';
import { createStore } from 'botframework-webchat-core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { RefusalNotice } from './banner';
import { BasketChip } from './basket-chip';
import type { Connection } from './connection';
import { JoinByLink } from './join-by-link';
import { activityMiddleware, attachmentMiddleware } from './middleware';
import { type Refusal, refusalMiddleware } from './refusal';
import { RetryProvider } from './retry';
import { SendBox } from './send-box';
import { useSpeech } from './texts';
import { Transcript } from './transcript';
import { useDraft } from './use-draft';
import { useWaitingFiles } from './use-waiting-files';
import { withHeard } from './voice/heard';
import { CorrectProvider } from './voice/heard-line';
import { useRecorder } from './voice/use-recorder';

/** Web Chat's own texts are left out of the build (see build/slim.ts); its components that say them are not used. */
const NO_STRINGS = () => ({});
const STYLE_OPTIONS = { sendTimeout: 20_000, sendTimeoutForAttachments: 60_000 };

interface ChatProps {
  readonly connection: Connection;
  readonly paused: boolean;
  /** Told how many messages came while the page is out of sight. */
  readonly onUnseen: (count: number) => void;
}

/** A conversation on Web Chat's Composer, which keeps activities, sending and typing; all that is seen is ours. */
export function Chat({ connection, paused, onUnseen }: ChatProps) {
  const { texts, locale } = useSpeech();
  const [refusal, setRefusal] = useState<Refusal>();
  const store = useMemo(() => createStore({}, refusalMiddleware(setRefusal)), []);
  const recorder = useRecorder();
  const waiting = useWaitingFiles(recorder.state.note ? 1 : 0);
  const [draft, setDraft] = useDraft();
  const box = useRef<HTMLTextAreaElement>(null);
  const correct = useCallback(
    (heard: string) => {
      const words = withHeard(draft, heard);
      // The box has its new words before the cursor goes behind them.
      flushSync(() => setDraft(words));
      box.current?.focus();
      box.current?.setSelectionRange(words.length, words.length);
    },
    [draft, setDraft],
  );
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
          <JoinByLink />
          <BasketChip />
          <CorrectProvider value={correct}>
            <Transcript connection={connection} onUnseen={onUnseen} />
          </CorrectProvider>
          <RefusalNotice refusal={refusal} onClose={() => setRefusal(undefined)} />
          <SendBox box={box} draft={draft} onDraft={setDraft} waiting={waiting} recorder={recorder} paused={paused} />
          {waiting.dragging && <div className="drop">{texts.dropHere}</div>}
        </div>
      </RetryProvider>
    </Composer>
  );
}
