import { createRoot } from 'react-dom/client';
import { paintEarly } from '../chat/theme';
import { Alerts } from './alerts/alerts';
import { App } from './app';
import { Session } from './session';
import { WordsProvider } from './words-provider';
import '../chat/styles/base.css';
import '../chat/styles/voice.css';
import './styles/tokens.css';
import './styles/parts.css';
import './styles/sign-in.css';
import './styles/frame.css';
import './styles/queue.css';
import './styles/talk.css';
import './styles/transcript.css';
import './styles/composer.css';
import './styles/supervisor.css';

paintEarly();
const alerts = new Alerts();
const session = new Session(alerts.notify);
void session.open();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <WordsProvider>
      <App session={session} alerts={alerts} />
    </WordsProvider>,
  );
}
