import { connect, forget, remember } from './connection.js';
import { LANGUAGES, localeOf, preferredLanguage, saveLanguage } from './language.js';
import { cardConfig, styleOptions } from './look.js';

/** DirectLineJS's connection states that end a conversation on the client. */
const EXPIRED = 3;
const FAILED = 4;
const ENDED = 5;
/** Milliseconds between two looks whether the server is there. */
const HEALTH_INTERVAL = 15_000;

const part = (id) => document.getElementById(id);
const darkMode = matchMedia('(prefers-color-scheme: dark)');
let language = preferredLanguage();
/** Texts that show when the server never answered. */
let strings = {
  title: 'Vitrine',
  tagline: '',
  languageLabel: 'Language',
  connecting: 'Connecting …',
  offline: 'The shop cannot be reached at the moment.',
  ended: 'This conversation has ended.',
  retry: 'Try again',
  restart: 'Start again',
  inputPlaceholder: '',
};
let session;
/** Counts attempts, so that an overtaken one does nothing. */
let attempt = 0;
/** Why the chat does not work now: `offline`, `ended`, or undefined. */
let trouble;

function showTexts() {
  document.documentElement.lang = language;
  document.title = strings.title;
  part('title').textContent = strings.title;
  part('tagline').textContent = strings.tagline;
  part('language-label').textContent = strings.languageLabel;
  part('connecting').textContent = strings.connecting;
  part('trouble-text').textContent = trouble === 'ended' ? strings.ended : strings.offline;
  part('retry').textContent = trouble === 'ended' ? strings.restart : strings.retry;
}

function setTrouble(kind) {
  trouble = kind;
  part('trouble').hidden = kind === undefined;
  if (kind !== undefined) part('connecting').hidden = true;
  showTexts();
}

async function loadStrings() {
  const wanted = language;
  const response = await fetch(`/page/strings?lang=${wanted}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const loaded = await response.json();
  if (wanted !== language) return;
  strings = { ...strings, ...loaded };
  showTexts();
}

function renderChat() {
  if (session === undefined) return;
  globalThis.WebChat.renderWebChat(
    {
      directLine: session.directLine,
      store: session.store,
      locale: localeOf(language),
      styleOptions: styleOptions(darkMode.matches),
      adaptiveCardsHostConfig: cardConfig(darkMode.matches),
      overrideLocalizedStrings: (texts) =>
        strings.inputPlaceholder ? { ...texts, TEXT_INPUT_PLACEHOLDER: strings.inputPlaceholder } : texts,
    },
    part('chat'),
  );
}

function watch(status) {
  if (status === EXPIRED || status === ENDED) {
    forget();
    setTrouble('ended');
  } else if (status === FAILED) {
    session.lost = true;
    setTrouble('offline');
  }
}

/** Connects, or connects anew: the tab's conversation comes back with its history. */
async function start() {
  attempt += 1;
  const mine = attempt;
  setTrouble(undefined);
  part('connecting').hidden = false;
  try {
    await loadStrings();
    const connection = await connect(localeOf(language));
    if (mine !== attempt) return;
    session?.subscription.unsubscribe();
    session?.directLine.end();
    session = { ...connection, store: globalThis.WebChat.createStore(), lost: false };
    // A new element: Web Chat keeps the state of the one before.
    const fresh = part('chat').cloneNode(false);
    part('chat').replaceWith(fresh);
    renderChat();
    session.subscription = connection.directLine.connectionStatus$.subscribe(watch);
    part('connecting').hidden = true;
    remember(session);
  } catch {
    if (mine === attempt) setTrouble('offline');
  }
}

async function checkHealth() {
  if (document.hidden || trouble === 'ended') return;
  const reached = await fetch('/healthz', { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
  if (!reached) setTrouble('offline');
  else if (trouble === 'offline') await recover();
}

/** The server is back: a client that only lost its socket resumes by itself, and keeps what the shopper was typing. */
async function recover() {
  if (session === undefined || session.lost) await start();
  else setTrouble(undefined);
}

async function retry() {
  if (trouble === 'offline') await checkHealth();
  else await start();
}

function changeLanguage(event) {
  language = event.target.value;
  saveLanguage(language);
  loadStrings()
    .catch(() => setTrouble('offline'))
    .finally(renderChat);
}

const select = part('language');
select.append(...Object.entries(LANGUAGES).map(([code, name]) => new Option(name, code, false, code === language)));
select.addEventListener('change', changeLanguage);
part('retry').addEventListener('click', retry);
darkMode.addEventListener('change', renderChat);
addEventListener('online', checkHealth);
addEventListener('offline', () => setTrouble('offline'));
addEventListener('pagehide', () => session && trouble !== 'ended' && remember(session));
setInterval(checkHealth, HEALTH_INTERVAL);
showTexts();
start();
