import { useEffect, useSyncExternalStore } from 'react';
import type { Alerts } from './alerts/alerts';
import { Console } from './console';
import { DeskProvider } from './desk-context';
import type { Session } from './session';
import { SignIn } from './sign-in';
import { useWords } from './texts';

interface AppProps {
  readonly session: Session;
  readonly alerts: Alerts;
}

/** The console: who is not signed in signs in. */
export function App({ session, alerts }: AppProps) {
  const state = useSyncExternalStore(session.subscribe, session.snapshot);
  const { texts } = useWords();
  useEffect(() => {
    alerts.texts = texts;
  }, [alerts, texts]);
  useEffect(() => {
    document.title = `${texts.title} · ${texts.console}`;
  }, [texts]);
  if (state.phase === 'signedIn') {
    const { desk, settings } = state;
    return (
      <DeskProvider key={state.me.id} desk={desk} settings={settings} api={session.api}>
        <Console alerts={alerts} onSignOut={() => void session.signOut()} />
      </DeskProvider>
    );
  }
  if (state.phase === 'signedOut') return <SignIn session={session} expired={state.expired} />;
  return (
    <main className="waiting-room" role="status">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <p>{state.phase === 'offline' ? texts.serverAway : texts.loading}</p>
    </main>
  );
}
