import { ReadAloudButton } from './aloud/read-aloud';
import { MoonIcon, NewIcon, SunIcon } from './icons';
import { LANGUAGES } from './language';
import { useSpeech } from './texts';

interface HeaderProps {
  readonly language: string;
  readonly dark: boolean;
  readonly reads: boolean;
  readonly onLanguage: (language: string) => void;
  readonly onTheme: () => void;
  readonly onReadAloud: () => void;
  readonly onRenew: () => void;
}

/** The shop's name, and what belongs to the whole page: language, reading aloud, light or dark, a new conversation. */
export function Header({ language, dark, reads, onLanguage, onTheme, onReadAloud, onRenew }: HeaderProps) {
  const { texts } = useSpeech();
  return (
    <header className="header">
      <div className="header-inner">
        <img className="header-mark" src="/icon.svg" alt="" width="40" height="40" />
        <div className="header-name">
          <h1>{texts.title}</h1>
          <p>{texts.tagline}</p>
        </div>
        <label className="language">
          <span className="unseen">{texts.languageLabel}</span>
          <span className="language-code" aria-hidden="true">
            {language}
          </span>
          <select value={language} onChange={(event) => onLanguage(event.target.value)}>
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <ReadAloudButton reads={reads} onToggle={onReadAloud} />
        <button
          type="button"
          className="icon-button"
          aria-pressed={dark}
          aria-label={texts.darkMode}
          title={texts.darkMode}
          onClick={onTheme}
        >
          {dark ? <SunIcon /> : <MoonIcon />}
        </button>
        <button type="button" className="renew" title={texts.newConversation} onClick={onRenew}>
          <NewIcon />
          <span>{texts.newConversation}</span>
        </button>
      </div>
    </header>
  );
}
