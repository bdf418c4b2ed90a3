import { useWords } from '../texts';
import { textOf } from './canned';
import type { CannedChoice } from './use-canned';

interface CannedListProps {
  readonly id: string;
  readonly canned: CannedChoice;
  readonly language: string;
}

/** The replies that fit what stands after the slash. */
export function CannedList({ id, canned: { open, found, active, choose }, language }: CannedListProps) {
  const { texts } = useWords();
  if (!open) return null;
  if (found.length === 0) return <p className="canned-empty">{texts.noCanned}</p>;
  return (
    <div id={id} className="canned-list" role="listbox" aria-label={texts.cannedReplies}>
      {found.map((reply, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
        <div
          key={reply.id}
          id={`${id}-${index}`}
          className="canned-option"
          role="option"
          aria-selected={index === active}
          // A press must not take the focus out of the text box: that would close the list.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(reply)}
        >
          <span className="canned-head">
            <kbd>/{reply.shortcut}</kbd>
            <strong>{reply.title}</strong>
          </span>
          <span className="canned-text" dir="auto" lang={language}>
            {textOf(reply, language)}
          </span>
        </div>
      ))}
    </div>
  );
}
