import { createRoot } from 'react-dom/client';
import { App } from './app';
import { localeOf, preferredLanguage } from './language';
import { Session } from './session';
import './styles/base.css';
import './styles/header.css';
import './styles/transcript.css';
import './styles/card.css';
import './styles/send-box.css';
import './styles/basket.css';
import './styles/voice.css';
import './styles/pairing.css';
import { paintEarly } from './theme';

paintEarly();
const session = new Session(localeOf(preferredLanguage()));
session.open();
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App session={session} />);
