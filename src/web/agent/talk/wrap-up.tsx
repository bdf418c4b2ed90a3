import { type FormEvent, useState } from 'react';
import type { Ticket } from '../api/types';
import { OUTCOMES } from '../parts/names';
import { useWords } from '../texts';
import { TagEditor } from './tag-editor';

interface WrapUpProps {
  readonly ticket: Ticket;
  readonly onClose: (fields: { outcome: string; tags: readonly string[] }) => Promise<boolean>;
}

/** The last words on a conversation: how it ended, and what it was about. */
export function WrapUp({ ticket, onClose }: WrapUpProps) {
  const { texts } = useWords();
  const [outcome, setOutcome] = useState<string>();
  const [tags, setTags] = useState(ticket.tags);
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(outcome === undefined);
    if (outcome !== undefined) void onClose({ outcome, tags });
  };
  return (
    <form className="wrap-up" onSubmit={submit}>
      <fieldset className="outcomes">
        <legend>{texts.howEnded}</legend>
        {Object.entries(OUTCOMES).map(([name, text]) => (
          <label key={name} className="outcome">
            <input
              type="radio"
              name={`outcome-${ticket.id}`}
              checked={outcome === name}
              onChange={() => setOutcome(name)}
            />
            <span>{texts[text]}</span>
          </label>
        ))}
      </fieldset>
      <p className="problem" role="alert">
        {missing && texts.chooseOutcome}
      </p>
      <div className="wrap-up-row">
        <TagEditor tags={tags} onTags={setTags} />
        <button type="submit" className="primary">
          {texts.closeTalk}
        </button>
      </div>
    </form>
  );
}
