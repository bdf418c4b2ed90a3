/** Where this tab remembers its conversation. */
const KEY = 'vitrine.conversation';
const DOMAIN = '/v3/directline';

/**
 * Connects to the tab's conversation, or to a new one when there is none or its token has expired. Web Chat asks with an
 * empty watermark, so the history returns. Rejects when the server can't be reached.
 */
export async function connect(locale) {
  const session = (await resumed()) ?? (await started());
  const directLine = globalThis.WebChat.createDirectLine({
    domain: new URL(DOMAIN, location.href).href,
    token: session.token,
    ...(session.resume && { conversationId: session.conversationId }),
    conversationStartProperties: { locale },
  });
  return { directLine, conversationId: session.conversationId };
}

/** Keeps the newest token for a refresh of the page; the client renews it while the page is open. */
export function remember({ directLine, conversationId }) {
  write({ conversationId, token: directLine.token });
}

/** Makes the next `connect` start a new conversation. */
export function forget() {
  write(undefined);
}

async function started() {
  return { ...(await post('/tokens/generate')), resume: false };
}

async function resumed() {
  const saved = read();
  if (saved === undefined) return undefined;
  const headers = { authorization: `Bearer ${saved.token}` };
  const known = await fetch(`${DOMAIN}/conversations/${encodeURIComponent(saved.conversationId)}`, { headers });
  if (known.ok) return { conversationId: saved.conversationId, token: (await known.json()).token, resume: true };
  if (known.status >= 500) throw new Error(`The server answered ${known.status}.`);
  forget();
  return undefined;
}

async function post(path) {
  const response = await fetch(DOMAIN + path, { method: 'POST' });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

/** Storage may be switched off; the conversation then ends with the page. */
function read() {
  try {
    const saved = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return typeof saved?.token === 'string' && typeof saved.conversationId === 'string' ? saved : undefined;
  } catch {
    return undefined;
  }
}

function write(value) {
  try {
    if (value === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    // See `read`.
  }
}
