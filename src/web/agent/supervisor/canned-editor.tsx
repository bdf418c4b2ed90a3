import { useState, useSyncExternalStore } from 'react';
import type { Canned } from '../api/types';
import { textOf } from '../composer/canned';
import { useDesk } from '../desk-context';
import { useWords } from '../texts';
import { CannedForm } from './canned-form';

/** All canned replies, each to be changed. */
export function CannedEditor() {
  const { desk, api } = useDesk();
  const { texts, say, language } = useWords();
  const all = useSyncExternalStore(desk.canned.subscribe, desk.canned.snapshot);
  const [edited, setEdited] = useState<Canned>();
  const begin = () => setEdited({ id: crypto.randomUUID(), shortcut: '', title: '', texts: {} });
  const remove = async ({ id }: Canned) => {
    await api.removeCanned(id);
    await desk.canned.load();
  };
  if (edited !== undefined) {
    const done = () => {
      setEdited(undefined);
      void desk.canned.load();
    };
    return <CannedForm key={edited.id} canned={edited} onDone={done} onCancel={() => setEdited(undefined)} />;
  }
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{texts.cannedReplies}</h2>
        <button type="button" className="primary" onClick={begin}>
          {texts.cannedAdd}
        </button>
      </div>
      {all.length === 0 && <p className="quiet">{texts.noCanned}</p>}
      <ul className="canned-rows">
        {all.map((canned) => (
          <li key={canned.id}>
            <div className="canned-row-text">
              <p className="canned-head">
                <kbd>/{canned.shortcut}</kbd>
                <strong>{canned.title}</strong>
                <span className="quiet">{Object.keys(canned.texts).join(' ').toUpperCase()}</span>
              </p>
              <p className="canned-text" dir="auto">
                {textOf(canned, language)}
              </p>
            </div>
            <button
              type="button"
              className="action"
              aria-label={say('cannedEditNamed', { name: canned.shortcut })}
              onClick={() => setEdited(canned)}
            >
              {texts.edit}
            </button>
            <button
              type="button"
              className="action"
              aria-label={say('removeFile', { name: canned.shortcut })}
              onClick={() => void remove(canned)}
            >
              {texts.remove}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
