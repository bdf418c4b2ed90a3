import { type DragEvent, type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { FileButton } from '../../chat/file-button';
import { PICTURES } from '../../chat/files';
import { AttachIcon, SendIcon } from '../../chat/icons';
import type { Ticket } from '../api/types';
import type { DraftFile } from '../desk/drafts';
import { EMPTY_THREAD } from '../desk/state';
import { useDesk, useDeskState } from '../desk-context';
import { useShortcut } from '../keys/use-shortcuts';
import { BagIcon, BoltIcon, LockIcon } from '../parts/icons';
import type { Action } from '../talk/actions';
import { type TextKey, useWords } from '../texts';
import { hasWords, openSlot, orderIn } from './canned';
import { CannedList } from './canned-list';
import { DraftChips } from './draft-chips';
import { ProductSearch } from './product-search';
import { TranslateSwitch } from './translate-switch';
import { useCanned } from './use-canned';
import { useDraft } from './use-draft';

/** The server's, in characters; what is longer stays in the box until it is shortened. */
const MAX_LENGTH = 4000;

interface ComposerProps {
  readonly ticket: Ticket;
  readonly actions: ReadonlySet<Action>;
  readonly front: boolean;
}

/** Where an agent writes to the shopper, or a note to colleagues. */
export function Composer({ ticket, actions, front }: ComposerProps) {
  const { desk, settings } = useDesk();
  const { me, threads } = useDeskState();
  const { texts, say, language } = useWords();
  const { draft, change, addFiles, removeFile, retry, toggleProduct, clear } = useDraft(ticket.id);
  const [problem, setProblem] = useState<TextKey>();
  const [slot, setSlot] = useState<string>();
  const [searching, setSearching] = useState(false);
  const [translates, setTranslates] = useState(false);
  const [dragging, setDragging] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const thread = threads.get(ticket.conversationId) ?? EMPTY_THREAD;
  const values = { agent: me.displayName, shop: settings.shopName, order: orderIn(thread.entries) };
  const canned = useCanned({ ticket, values, box, text: draft.text, onText: (text) => change({ text }) });
  const isPrivate = draft.isPrivate || !actions.has('answer');
  const { text, files, products } = draft;
  const uploading = files.some(({ uploaded, problem: refusal }) => uploaded === undefined && refusal === undefined);
  const failed = isPrivate ? undefined : files.find((file) => file.problem !== undefined)?.problem;
  const shownProblem = problem ?? failed;
  const sendable = files.flatMap(({ uploaded }) => uploaded ?? []);
  const extras = !isPrivate && (sendable.length > 0 || products.length > 0);
  const excess = text.trim().length - MAX_LENGTH;
  // A picture that the agent believes to be sent must not stay behind.
  const unsendable = failed !== undefined || excess > 0;
  const empty = !hasWords(text) && !extras;

  useEffect(() => {
    if (front) box.current?.focus({ preventScroll: true });
  }, [front]);
  const focusAs = (asNote: boolean) => {
    change({ isPrivate: asNote });
    box.current?.focus();
  };
  useShortcut('reply', () => focusAs(false), front);
  useShortcut('note', () => focusAs(!draft.isPrivate), front);
  useShortcut('products', () => setSearching((shown) => !shown), front && !isPrivate);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (empty || uploading || unsendable) return;
    const open = openSlot(text);
    setSlot(open?.name);
    if (open !== undefined) {
      box.current?.focus();
      box.current?.setSelectionRange(open.from, open.to);
      return;
    }
    void desk.send(ticket, {
      text: text.trim(),
      isPrivate,
      products: isPrivate ? [] : products,
      files: isPrivate ? [] : sendable,
      ...(translates && !isPrivate && ticket.language !== language && { translateFrom: language }),
    });
    clear(isPrivate);
    setProblem(undefined);
    setSearching(false);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter also ends the composition of a Chinese or Japanese word; that must not send.
    if (event.nativeEvent.isComposing || canned.onKeyDown(event)) return;
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    submit();
  };
  const takeBack = (file: DraftFile) => {
    removeFile(file);
    setProblem(undefined);
  };
  const take = (chosen: Iterable<File>) => {
    setProblem(addFiles(chosen));
    box.current?.focus();
  };
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (isPrivate || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setDragging(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragging(false);
    },
    onDrop: (event: DragEvent) => {
      setDragging(false);
      if (isPrivate || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      take(event.dataTransfer.files);
    },
  };
  const label = isPrivate ? texts.writeNote : texts.writeReply;
  return (
    <form className="composer" data-private={isPrivate} onSubmit={submit} {...drop}>
      {searching && !isPrivate && (
        <ProductSearch
          language={ticket.language}
          chosen={products}
          onToggle={toggleProduct}
          onClose={() => {
            setSearching(false);
            box.current?.focus();
          }}
        />
      )}
      <CannedList id={listId} canned={canned} language={ticket.language} />
      {!isPrivate && (
        <DraftChips files={files} products={products} onFile={takeBack} onRetry={retry} onProduct={toggleProduct} />
      )}
      <p className="problem" role="alert">
        {shownProblem && texts[shownProblem]}
        {slot !== undefined && say('fillSlot', { name: slot })}
        {excess > 0 && say('tooLong', { count: excess })}
      </p>
      <div className="composer-box">
        <div className="grow" data-text={`${text} `}>
          <textarea
            ref={box}
            rows={1}
            value={text}
            placeholder={label}
            aria-label={label}
            aria-autocomplete="list"
            aria-controls={canned.open ? listId : undefined}
            aria-activedescendant={canned.open ? `${listId}-${canned.active}` : undefined}
            enterKeyHint="send"
            onChange={(event) => {
              change({ text: event.target.value });
              setSlot(undefined);
              canned.onInput(event.target);
              if (!isPrivate) desk.typing(ticket.id);
            }}
            onKeyDown={onKeyDown}
            onBlur={canned.close}
            onPaste={(event) => {
              if (isPrivate || event.clipboardData.files.length === 0) return;
              event.preventDefault();
              take(event.clipboardData.files);
            }}
          />
        </div>
        <div className="composer-tools">
          {!isPrivate && (
            <>
              <FileButton label={texts.addPicture} accept={PICTURES} multiple onFiles={take}>
                <AttachIcon />
              </FileButton>
              <button
                type="button"
                className="icon-button"
                aria-label={texts.addProducts}
                title={texts.addProducts}
                aria-expanded={searching}
                onClick={() => setSearching(!searching)}
              >
                <BagIcon />
              </button>
              <button
                type="button"
                className="icon-button"
                aria-label={texts.cannedReplies}
                title={texts.cannedReplies}
                onClick={canned.begin}
              >
                <BoltIcon />
              </button>
            </>
          )}
          {actions.has('answer') && (
            <button
              type="button"
              className="note-switch"
              aria-pressed={draft.isPrivate}
              title={texts.privateNoteHint}
              onClick={() => focusAs(!draft.isPrivate)}
            >
              <LockIcon />
              <span>{texts.privateNote}</span>
            </button>
          )}
          {!isPrivate && <TranslateSwitch language={ticket.language} on={translates} onChange={setTranslates} />}
          <span className="grow-space" />
          <span className="composer-state" role="status">
            {uploading && texts.uploading}
          </span>
          <button
            type="submit"
            className="send"
            aria-label={isPrivate ? texts.saveNote : texts.send}
            title={isPrivate ? texts.saveNote : texts.send}
            aria-disabled={empty || uploading || unsendable}
          >
            <SendIcon />
          </button>
        </div>
      </div>
      {dragging && (
        <p className="drop" aria-hidden="true">
          {texts.dropHere}
        </p>
      )}
    </form>
  );
}
