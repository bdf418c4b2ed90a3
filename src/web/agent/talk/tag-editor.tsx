import { type KeyboardEvent, useId, useState } from 'react';
import { CloseIcon } from '../../chat/icons';
import { useDeskState } from '../desk-context';
import { useWords } from '../texts';

const MOST = 20;
const LONGEST = 40;

interface TagEditorProps {
  readonly tags: readonly string[];
  readonly onTags: (tags: readonly string[]) => void;
}

/** Words that conversations are found by; those of other conversations are suggested. */
export function TagEditor({ tags, onTags }: TagEditorProps) {
  const { tickets } = useDeskState();
  const { texts, say } = useWords();
  const [text, setText] = useState('');
  const listId = useId();
  const used = new Set([...tickets.values()].flatMap((ticket) => ticket.tags));
  const add = () => {
    const tag = text.trim();
    setText('');
    if (tag !== '' && !tags.includes(tag) && tags.length < MOST) onTags([...tags, tag]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && text === '') onTags(tags.slice(0, -1));
  };
  return (
    <div className="tags">
      {tags.map((tag) => (
        <span key={tag} className="tag" dir="auto">
          {tag}
          <button
            type="button"
            aria-label={say('removeTag', { tag })}
            onClick={() => onTags(tags.filter((other) => other !== tag))}
          >
            <CloseIcon />
          </button>
        </span>
      ))}
      <input
        value={text}
        list={listId}
        maxLength={LONGEST}
        placeholder={texts.addTag}
        aria-label={texts.addTag}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
      />
      <datalist id={listId}>
        {[...used]
          .filter((tag) => !tags.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  );
}
