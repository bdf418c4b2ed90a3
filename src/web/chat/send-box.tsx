import { hooks } from 'botframework-webchat-api';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { FileButton } from './file-button';
import { FileChips } from './file-chips';
import { ACCEPTED, PICTURES, type WaitingFile } from './files';
import { AttachIcon, CameraIcon, SendIcon } from './icons';
import { fill, useSpeech } from './texts';
import { useDraft } from './use-draft';
import type { WaitingFiles } from './use-waiting-files';

const { useConnectivityStatus, useSendMessage } = hooks;

/** The longest message, in characters. */
const MAX_LENGTH = 4000;
/** From so many characters on, the box says how many are left. */
const NOTICE_LENGTH = 3600;

interface SendBoxProps {
  readonly waiting: WaitingFiles;
  /** True while nothing can be sent; typing goes on. */
  readonly paused: boolean;
}

/** Where the shopper writes, and adds pictures or sound. */
export function SendBox({ waiting, paused }: SendBoxProps) {
  const { texts, locale } = useSpeech();
  const send = useSendMessage();
  const [status] = useConnectivityStatus();
  const [draft, setDraft] = useDraft();
  // Web Chat drops what is sent before it is connected: such a message waits in the box.
  const [waitsToGo, setWaitsToGo] = useState(false);
  const connected = status === 'connected' || status === 'reconnected';
  const box = useRef<HTMLTextAreaElement>(null);
  const noticeId = useId();
  const { files, refusal, add, remove, clear, onPaste } = waiting;
  const words = draft.trim();
  const empty = words === '' && files.length === 0;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (paused || empty) return;
    setWaitsToGo(!connected);
    if (!connected) return;
    if (files.length === 0) send(words);
    else {
      const attachments = files.map(({ file, url }) => ({ blob: file, thumbnailURL: new URL(url) }));
      send(words || undefined, undefined, { attachments });
    }
    setDraft('');
    clear();
    box.current?.focus();
  };
  useEffect(() => {
    if (waitsToGo && connected) submit();
  });
  const take = (chosen: Iterable<File>) => {
    add(chosen);
    box.current?.focus();
  };
  // The button that had the focus is gone with its file.
  const takeBack = (file: WaitingFile) => {
    remove(file);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also ends the composition of a Chinese or Japanese word; that must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <form className="send-box" onSubmit={submit}>
      <FileChips files={files} onRemove={takeBack} />
      <p className="unseen" role="status">
        {files.map(({ file }) => file.name).join(', ')}
      </p>
      <p className="refused" role="alert">
        {refusal && texts[refusal]}
      </p>
      <div className="send-row">
        <FileButton label={texts.attach} accept={ACCEPTED} multiple onFiles={take}>
          <AttachIcon />
        </FileButton>
        <FileButton label={texts.takePhoto} accept={PICTURES} camera onFiles={take}>
          <CameraIcon />
        </FileButton>
        <div className="grow" data-text={`${draft} `}>
          <textarea
            ref={box}
            rows={1}
            maxLength={MAX_LENGTH}
            value={draft}
            placeholder={texts.inputPlaceholder}
            aria-label={texts.inputPlaceholder}
            aria-describedby={draft.length >= NOTICE_LENGTH ? noticeId : undefined}
            enterKeyHint="send"
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
        </div>
        <button
          type="submit"
          className="send"
          aria-label={texts.send}
          title={texts.send}
          aria-disabled={paused || empty}
        >
          <SendIcon />
        </button>
      </div>
      {draft.length >= NOTICE_LENGTH && (
        <p id={noticeId} className="length" role="status">
          {fill(texts.charactersLeft, { count: MAX_LENGTH - draft.length }, locale)}
        </p>
      )}
    </form>
  );
}
