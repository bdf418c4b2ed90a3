import { DirectLine } from 'botframework-directlinejs';
// DirectLineJS calls it on 429 but does not load it: without it a refused message would look like a lost one.
import 'rxjs/add/observable/timer';
import { keep, recall } from './storage';

/** Where this tab remembers its conversation. */
const KEY = 'vitrine.conversation';
const DOMAIN = '/v3/directline';

/** A conversation and the client that speaks in it. */
export interface Connection {
  readonly directLine: DirectLine;
  readonly conversationId: string;
}

interface Saved {
  readonly token: string;
  readonly conversationId: string;
}

/**
 * Connects to the tab's conversation, or to a new one when there is none or its token has expired. DirectLineJS asks
 * with an empty watermark, so the history returns. Rejects when the server can't be reached.
 */
export async function connect(locale: string): Promise<Connection> {
  const resumed = await resume();
  const session = resumed ?? sessionOf(await post('/tokens/generate'));
  const directLine = new DirectLine({
    domain: new URL(DOMAIN, location.href).href,
    token: session.token,
    ...(resumed && { conversationId: session.conversationId }),
    conversationStartProperties: { locale },
  });
  tellWhatIsLost(directLine);
  return { directLine, conversationId: session.conversationId };
}

/**
 * DirectLineJS says "retry" where a message was lost on the way, and nobody does: Web Chat would wait for its echo until the
 * time for sending is over. As an error, it shows at once that the message was not sent.
 */
function tellWhatIsLost(directLine: DirectLine): void {
  const post = directLine.postActivity.bind(directLine);
  directLine.postActivity = (activity) =>
    post(activity).map((id) => {
      if (id === 'retry') throw new Error('The message was lost on the way.');
      return id;
    });
}

/** Keeps the newest token for a refresh of the page; the client renews it while the page is open. */
export function remember({ directLine, conversationId }: Connection): void {
  const token = tokenOf(directLine);
  if (token !== undefined) keep('session', KEY, JSON.stringify({ conversationId, token }));
}

/** Has the server keep in a cookie whom it may remember, or take that cookie away; which of both, it knows itself. */
export async function settleShopper({ directLine }: Connection): Promise<void> {
  const token = tokenOf(directLine);
  if (token === undefined) return;
  // Without, the shopper is known for this conversation only.
  await post('/shopper', { authorization: `Bearer ${token}` }).catch(() => undefined);
}

/** Makes the next `connect` start a new conversation. */
export function forget(): void {
  keep('session', KEY, undefined);
}

/** The newest token: DirectLineJS keeps it private, and tells of no renewal. */
function tokenOf(directLine: DirectLine): string | undefined {
  const { token } = directLine as unknown as { readonly token?: unknown };
  return typeof token === 'string' ? token : undefined;
}

async function resume(): Promise<Saved | undefined> {
  const saved = read();
  if (saved === undefined) return undefined;
  const headers = { authorization: `Bearer ${saved.token}` };
  const known = await fetch(`${DOMAIN}/conversations/${encodeURIComponent(saved.conversationId)}`, { headers });
  if (known.ok) return sessionOf({ ...(await known.json()), conversationId: saved.conversationId });
  if (known.status >= 500) throw new Error(`The server answered ${known.status}.`);
  forget();
  return undefined;
}

async function post(path: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(DOMAIN + path, { method: 'POST', headers });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

function read(): Saved | undefined {
  try {
    return sessionOf(JSON.parse(recall('session', KEY) ?? 'null'));
  } catch {
    return undefined;
  }
}

function sessionOf(value: unknown): Saved {
  const { token, conversationId } = (value ?? {}) as Record<string, unknown>;
  if (typeof token !== 'string' || typeof conversationId !== 'string') throw new Error('That is no conversation.');
  return { token, conversationId };
}
