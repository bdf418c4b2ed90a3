import { hooks } from 'botframework-webchat-api';
import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { stopReading } from './aloud/reader';
import { FileButton } from './file-button';
import { FileChips } from './file-chips';
import { ACCEPTED, PICTURES, type WaitingFile } from './files';
import { AttachIcon, CameraIcon, MicrophoneIcon, SendIcon } from './icons';
import { fill, useSpeech } from './texts';
import { useTypingSign } from './use-typing-sign';
import type { WaitingFiles } from './use-waiting-files';
import { canRecord } from './voice/microphone';
import { NoteBar } from './voice/note-bar';
import { RecordBar } from './voice/record-bar';
import { recorderSays } from './voice/said';
import type { VoiceRecorder } from './voice/use-recorder';

const { useConnectivityStatus, useSendMessage } = hooks;

/** The longest message, in characters. */
const MAX_LENGTH = 4000;
/** From so many characters on, the box says how many are left. */
const NOTICE_LENGTH = 3600;

interface SendBoxProps {
  readonly box: RefObject<HTMLTextAreaElement>;
  readonly draft: string;
  readonly onDraft: (draft: string) => void;
  readonly waiting: WaitingFiles;
  readonly recorder: VoiceRecorder;
  /** True while nothing can be sent; typing goes on. */
  readonly paused: boolean;
}

/** Where the shopper writes and speaks, and adds pictures or sound. */
export function SendBox({ box, draft, onDraft, waiting, recorder, paused }: SendBoxProps) {
  const { texts, locale, hears } = useSpeech();
  const send = useSendMessage();
  const showTyping = useTypingSign();
  const [status] = useConnectivityStatus();
  // Web Chat drops what is sent before it is connected: such a message waits in the box.
  const [waitsToGo, setWaitsToGo] = useState(false);
  const connected = status === 'connected' || status === 'reconnected';
  const sendButton = useRef<HTMLButtonElement>(null);
  const microphone = useRef<HTMLButtonElement>(null);
  const noticeId = useId();
  const { files, refusal, add, remove, clear, hasRoom, onPaste } = waiting;
  const { phase, note, notice, event: recorded } = recorder.state;
  const words = draft.trim();
  const speaking = phase === 'asking' || phase === 'recording' || phase === 'stopping';
  const records = hears && canRecord();
  const empty = words === '' && files.length === 0 && note === undefined;
  const said = recorderSays(recorder.state, texts, locale);
  const problem = refusal ?? notice;

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (paused || empty || speaking) return;
    setWaitsToGo(!connected);
    if (!connected) return;
    const attachments = files.map(({ file, url }) => ({ blob: file, thumbnailURL: new URL(url) }));
    if (note && recorder.url) attachments.push({ blob: note.file, thumbnailURL: new URL(recorder.url) });
    if (attachments.length === 0) send(words);
    else send(words || undefined, undefined, { attachments });
    onDraft('');
    clear();
    recorder.sent();
    recorder.dismiss();
    // Who only speaks goes on speaking: see below. A phone's keyboard would be in the way.
    if (note === undefined || words !== '') box.current?.focus();
  };
  useEffect(() => {
    if (waitsToGo && connected) submit();
  });
  // What had the focus is gone: it goes on where the next step is.
  useEffect(() => {
    const { activeElement } = document;
    const lost = activeElement === document.body || (recorded === 'sent' && activeElement === sendButton.current);
    if (recorded === 'finished') sendButton.current?.focus();
    else if (phase === 'idle' && lost && recorded !== undefined) microphone.current?.focus();
  }, [phase, recorded]);
  const take = (chosen: Iterable<File>) => {
    add(chosen);
    box.current?.focus();
  };
  // The button that had the focus is gone with its file.
  const takeBack = (file: WaitingFile) => {
    remove(file);
    box.current?.focus();
  };
  const record = () => {
    if (hasRoom()) recorder.press();
  };
  const write = (next: string) => {
    stopReading();
    showTyping();
    onDraft(next);
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
      <output className="unseen recorder-says">{fill(said.text, { time: said.time ?? '' }, locale)}</output>
      <p className="refused" role="alert">
        {problem && texts[problem]}
      </p>
      <NoteBar recorder={recorder} />
      <div className="send-row">
        {speaking ? (
          <RecordBar recorder={recorder} />
        ) : (
          <>
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
                onChange={(event) => write(event.target.value)}
                onKeyDown={onKeyDown}
                onPaste={onPaste}
              />
            </div>
            {records && note === undefined && (
              <button
                ref={microphone}
                type="button"
                className="icon-button"
                aria-label={texts.recordStart}
                title={texts.recordStart}
                onClick={record}
              >
                <MicrophoneIcon />
              </button>
            )}
            <button
              ref={sendButton}
              type="submit"
              className="send"
              aria-label={texts.send}
              title={texts.send}
              aria-disabled={paused || empty}
              data-empty={empty && records}
            >
              <SendIcon />
            </button>
          </>
        )}
      </div>
      {draft.length >= NOTICE_LENGTH && (
        <p id={noticeId} className="length" role="status">
          {fill(texts.charactersLeft, { count: MAX_LENGTH - draft.length }, locale)}
        </p>
      )}
    </form>
  );
}
