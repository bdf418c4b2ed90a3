import { useCallback, useEffect, useState } from 'react';
import type { Alerts } from './alerts/alerts';
import type { ListName } from './api/console-api';
import { listOf, unreadTotal } from './desk/lists';
import { useDesk, useDeskState } from './desk-context';
import { Announcer } from './frame/announcer';
import { OfflineBanner } from './frame/offline-banner';
import { TopBar } from './frame/top-bar';
import { type Screen, useScreen } from './frame/use-screen';
import { HelpDialog } from './keys/help-dialog';
import { ShortcutsProvider, useShortcut } from './keys/use-shortcuts';
import { useMedia } from './parts/use-media';
import { QueuePane } from './queue/queue-pane';
import { Supervisor } from './supervisor/supervisor';
import { Talks } from './talk/talks';
import { useWords } from './texts';

/** Below this width there is room for the queue or for one conversation. */
const PHONE = '(max-width: 760px)';

interface ConsoleProps {
  readonly alerts: Alerts;
  readonly onSignOut: () => void;
}

/** What an agent sees after sign-in. */
export function Console(props: ConsoleProps) {
  return (
    <ShortcutsProvider>
      <Frame {...props} />
    </ShortcutsProvider>
  );
}

function Frame({ alerts, onSignOut }: ConsoleProps) {
  const { desk, settings } = useDesk();
  const state = useDeskState();
  const { texts } = useWords();
  const [screen, setScreen] = useScreen(state.me.role !== 'agent');
  const [helping, setHelping] = useState(false);
  const unread = unreadTotal(state);
  useShortcut('help', () => setHelping(true));
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${texts.title} · ${texts.console}`;
  }, [unread, texts]);
  useEffect(() => {
    alerts.suggestSound(settings.soundDefault);
    alerts.onOpen = (ticketId) => desk.open(ticketId);
  }, [alerts, desk, settings]);
  return (
    <>
      <TopBar
        alerts={alerts}
        screen={screen}
        onScreen={setScreen}
        unread={unread}
        onHelp={() => setHelping(true)}
        onSignOut={onSignOut}
      />
      <OfflineBanner />
      {screen === 'supervisor' ? <Supervisor /> : <Workplace onScreen={setScreen} />}
      <Announcer alerts={alerts} />
      {helping && <HelpDialog onClose={() => setHelping(false)} />}
    </>
  );
}

/** The queue, and the open conversations beside it. */
function Workplace({ onScreen }: { readonly onScreen: (screen: Screen) => void }) {
  const { desk } = useDesk();
  const { opened, recent, tickets, me } = useDeskState();
  const { texts } = useWords();
  const phone = useMedia(PHONE);
  const [list, setList] = useState<ListName>('open');
  const [talking, setTalking] = useState(opened.length > 0);
  const select = useCallback(
    (ticketId: string) => {
      desk.open(ticketId);
      setTalking(true);
      onScreen('talks');
    },
    [desk, onScreen],
  );
  // A conversation that was taken is looked for among one's own.
  const front = tickets.get(recent[0] ?? '');
  const frontList = front && listOf(front, me.id);
  useEffect(() => {
    if (frontList === 'mine') setList('mine');
  }, [frontList]);
  const showsTalks = !phone || (talking && opened.length > 0);
  return (
    <main className="workplace" aria-label={texts.conversations}>
      {(!phone || !showsTalks) && <QueuePane list={list} onList={setList} onSelect={select} />}
      {showsTalks && <Talks phone={phone} onSelect={select} onBack={() => setTalking(false)} />}
    </main>
  );
}
