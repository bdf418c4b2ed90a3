import { type FormEvent, useState } from 'react';
import type { Canned } from '../api/types';
import { useDesk } from '../desk-context';
import { languageName } from '../parts/names';
import { useWords } from '../texts';

/** What the server takes as a shortcut. */
const SHORTCUT = '[\\p{L}\\p{N}_\\-]{1,32}';

interface CannedFormProps {
  readonly canned: Canned;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** A canned reply, with its text in each language. */
export function CannedForm({ canned, onDone, onCancel }: CannedFormProps) {
  const { api, settings } = useDesk();
  const { texts, locale } = useWords();
  const [fields, setFields] = useState(canned);
  const [problem, setProblem] = useState<'shortcutTaken' | 'didNotWork' | 'cannedEmpty'>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const written = Object.entries(fields.texts).filter(([, text]) => text.trim() !== '');
    if (written.length === 0) {
      setProblem('cannedEmpty');
      return;
    }
    const answer = await api.keepCanned({ ...fields, title: fields.title.trim(), texts: Object.fromEntries(written) });
    if (answer.ok) onDone();
    else setProblem(answer.status === 409 ? 'shortcutTaken' : 'didNotWork');
  };
  return (
    <form className="panel form" onSubmit={(event) => void submit(event)}>
      <h2>{texts.cannedReplies}</h2>
      <div className="canned-names">
        <label className="field">
          <span>{texts.cannedShortcut}</span>
          <input
            value={fields.shortcut}
            required
            pattern={SHORTCUT}
            maxLength={32}
            onChange={(event) => setFields({ ...fields, shortcut: event.target.value })}
          />
        </label>
        <label className="field">
          <span>{texts.cannedTitle}</span>
          <input
            value={fields.title}
            required
            maxLength={80}
            onChange={(event) => setFields({ ...fields, title: event.target.value })}
          />
        </label>
      </div>
      <p className="quiet">{texts.cannedVariables}</p>
      <div className="canned-texts">
        {settings.languages.map((language) => (
          <label key={language} className="field">
            <span>{languageName(language, locale)}</span>
            <textarea
              rows={3}
              maxLength={2000}
              lang={language}
              dir="auto"
              value={fields.texts[language] ?? ''}
              onChange={(event) => setFields({ ...fields, texts: { ...fields.texts, [language]: event.target.value } })}
            />
          </label>
        ))}
      </div>
      <p className="problem" role="alert">
        {problem && texts[problem]}
      </p>
      <div className="foot-actions">
        <button type="button" className="action" onClick={onCancel}>
          {texts.cancel}
        </button>
        <button type="submit" className="primary">
          {texts.save}
        </button>
      </div>
    </form>
  );
}
