import { useState, useSyncExternalStore } from 'react';
import { LANGUAGES } from '../../chat/language';
import type { useTheme } from '../../chat/theme';
import type { Alerts } from '../alerts/alerts';
import { useDeskState } from '../desk-context';
import { KeyboardIcon, LeaveIcon } from '../parts/icons';
import { useWords } from '../texts';

interface MyMenuProps {
  readonly alerts: Alerts;
  readonly theme: ReturnType<typeof useTheme>;
  readonly close: () => void;
  readonly onHelp: () => void;
  readonly onSignOut: () => void;
}

const ROLES = { agent: 'roleAgent', supervisor: 'roleSupervisor', admin: 'roleAdmin' } as const;

/** Who I am, what rings, colours, language, help and sign-out. */
export function MyMenu({ alerts, theme: { dark, toggle }, close, onHelp, onSignOut }: MyMenuProps) {
  const { me } = useDeskState();
  const { texts, language, choose } = useWords();
  const { sound, desktop } = useSyncExternalStore(alerts.subscribe, alerts.snapshot);
  const [refused, setRefused] = useState(false);
  const askDesktop = async (on: boolean) => setRefused(!(await alerts.setDesktop(on)));
  return (
    <div className="my-menu">
      <p className="my-name">
        <strong>{me.displayName}</strong>
        <span className="quiet">{texts[ROLES[me.role]]}</span>
      </p>
      <label className="check">
        <input type="checkbox" checked={sound} onChange={(event) => alerts.setSound(event.target.checked)} />
        <span>{texts.sound}</span>
      </label>
      <label className="check">
        <input type="checkbox" checked={desktop} onChange={(event) => void askDesktop(event.target.checked)} />
        <span>{texts.desktopNotices}</span>
      </label>
      <p className="problem" role="alert">
        {refused && texts.noticesRefused}
      </p>
      <label className="check">
        <input type="checkbox" checked={dark} onChange={toggle} />
        <span>{texts.darkMode}</span>
      </label>
      <label className="field">
        <span>{texts.languageLabel}</span>
        <select value={language} onChange={(event) => choose(event.target.value)}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="menu-item"
        onClick={() => {
          close();
          onHelp();
        }}
      >
        <KeyboardIcon />
        {texts.shortcuts}
      </button>
      <button type="button" className="menu-item" onClick={onSignOut}>
        <LeaveIcon />
        {texts.signOut}
      </button>
    </div>
  );
}
