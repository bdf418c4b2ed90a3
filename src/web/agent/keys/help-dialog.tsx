import { Dialog } from '../parts/dialog';
import { useWords } from '../texts';
import { SHORTCUTS } from './shortcuts';
import { useSingleKeys } from './use-shortcuts';

/** What the keyboard does. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const { texts } = useWords();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const more = [
    ['Enter', texts.keySend],
    ['Shift + Enter', texts.keyNewLine],
    ['/', texts.keyCanned],
    ['Esc', texts.keyEscape],
  ] as const;
  return (
    <Dialog title={texts.shortcuts} onClose={onClose} className="dialog-wide">
      <p className="quiet">{texts.shortcutsLead}</p>
      <dl className="shortcut-list">
        {SHORTCUTS.map(({ id, key, text }) => (
          <div key={id}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{texts[text]}</dd>
          </div>
        ))}
        {more.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label className="check">
        <input type="checkbox" checked={singleKeys} onChange={(event) => setSingleKeys(event.target.checked)} />
        <span>{texts.singleKeys}</span>
      </label>
    </Dialog>
  );
}
