import { useTheme } from '../../chat/theme';
import type { Alerts } from '../alerts/alerts';
import { useDesk, useDeskState } from '../desk-context';
import { Avatar } from '../parts/avatar';
import { ChartIcon, ChatsIcon, PeopleIcon } from '../parts/icons';
import { initialsOf } from '../parts/initials';
import { Popover } from '../parts/popover';
import { useWords } from '../texts';
import { Colleagues } from './colleagues';
import { MyMenu } from './my-menu';
import type { Screen } from './use-screen';

interface TopBarProps {
  readonly alerts: Alerts;
  readonly screen: Screen;
  readonly onScreen: (screen: Screen) => void;
  readonly unread: number;
  readonly onHelp: () => void;
  readonly onSignOut: () => void;
}

/** The shop's name, the screens, whether one takes conversations, who is there, and one's own menu. */
export function TopBar({ alerts, screen, onScreen, unread, onHelp, onSignOut }: TopBarProps) {
  const { desk } = useDesk();
  const { me, agents } = useDeskState();
  const { texts, say } = useWords();
  const theme = useTheme();
  const status = agents.find(({ id }) => id === me.id)?.status ?? 'away';
  const here = agents.filter((agent) => agent.status !== 'offline');
  const available = status === 'available';
  return (
    <header className="top-bar">
      <img className="top-mark" src="/icon.svg" alt="" width="34" height="34" />
      <div className="top-name">
        <h1>{texts.title}</h1>
        <p>{texts.console}</p>
      </div>
      {me.role !== 'agent' && (
        <nav className="screens" aria-label={texts.screens}>
          <button
            type="button"
            aria-current={screen === 'talks' ? 'page' : undefined}
            onClick={() => onScreen('talks')}
          >
            <ChatsIcon />
            <span>{texts.conversations}</span>
            {unread > 0 && <Unread count={unread} />}
          </button>
          <button
            type="button"
            aria-current={screen === 'supervisor' ? 'page' : undefined}
            onClick={() => onScreen('supervisor')}
          >
            <ChartIcon />
            <span>{texts.overview}</span>
          </button>
        </nav>
      )}
      <span className="grow-space" />
      <button
        type="button"
        role="switch"
        className="status-switch"
        aria-checked={available}
        aria-label={texts.takesTalks}
        title={texts.takesTalks}
        onClick={() => void desk.setPresence(available ? 'away' : 'available')}
      >
        <span className="status-dot" data-status={status} />
        <span>{available ? texts.available : texts.away}</span>
      </button>
      <Popover
        label={say('whoIsHere', { count: here.length })}
        buttonClass="here-button"
        button={
          <>
            <PeopleIcon />
            <span aria-hidden="true">{here.length}</span>
          </>
        }
      >
        {() => <Colleagues />}
      </Popover>
      <Popover
        label={say('myMenu', { name: me.displayName })}
        buttonClass="me-button"
        button={<Avatar id={me.id} letters={initialsOf(me.displayName)} />}
      >
        {(close) => <MyMenu alerts={alerts} theme={theme} close={close} onHelp={onHelp} onSignOut={onSignOut} />}
      </Popover>
    </header>
  );
}

/** How many messages wait to be read. */
export function Unread({ count }: { readonly count: number }) {
  const { say } = useWords();
  return (
    <span className="unread">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="unseen">{say('unread', { count })}</span>
    </span>
  );
}
