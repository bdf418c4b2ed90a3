import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ReadAloudProvider, useReadAloud } from './aloud/read-aloud';
import { Banner } from './banner';
import { Chat } from './chat';
import { Header } from './header';
import { localeOf, preferredLanguage, saveLanguage } from './language';
import type { Session } from './session';
import { ENGLISH, loadTexts, SpeechProvider, useSpeech } from './texts';
import { useTheme } from './theme';

/** The shop's chat page. */
export function App({ session }: { readonly session: Session }) {
  const { phase, connection } = useSyncExternalStore(session.subscribe, session.snapshot);
  const [language, setLanguage] = useState(preferredLanguage);
  const [{ texts, hears }, setTexts] = useState({ texts: ENGLISH, hears: true });
  const [unseen, setUnseen] = useState(0);
  const { dark, toggle } = useTheme();
  const aloud = useReadAloud();
  const locale = localeOf(language);

  // Loaded again when the server comes back: it may not have answered before.
  const reachable = phase !== 'offline';
  useEffect(() => {
    if (!reachable) return undefined;
    let wanted = true;
    loadTexts(language).then(
      (loaded) => wanted && setTexts(loaded),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [language, reachable]);
  useEffect(() => {
    document.documentElement.lang = language;
    session.speak(locale);
  }, [language, locale, session]);
  useEffect(() => {
    document.title = unseen > 0 ? `(${unseen}) ${texts.title}` : texts.title;
  }, [texts, unseen]);

  const choose = useCallback((chosen: string) => {
    saveLanguage(chosen);
    setLanguage(chosen);
  }, []);
  const speech = useMemo(() => ({ texts, locale, hears }), [texts, locale, hears]);
  return (
    <SpeechProvider value={speech}>
      <Header
        language={language}
        dark={dark}
        reads={aloud.reads}
        onLanguage={choose}
        onTheme={toggle}
        onReadAloud={aloud.toggle}
        onRenew={session.renew}
      />
      <main className="main">
        <Banner phase={phase} onRetry={session.retry} />
        {connection ? (
          <ReadAloudProvider value={aloud.reads}>
            <Chat
              key={connection.conversationId}
              connection={connection}
              paused={phase !== 'ready'}
              onUnseen={setUnseen}
            />
          </ReadAloudProvider>
        ) : (
          phase === 'connecting' && <Connecting />
        )}
      </main>
    </SpeechProvider>
  );
}

function Connecting() {
  const { texts } = useSpeech();
  return (
    <div className="connecting" role="status">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <p>{texts.connecting}</p>
    </div>
  );
}
