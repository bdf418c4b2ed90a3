import { DirectLine } from 'botframework-directlinejs';
// DirectLineJS calls it on 429 but does not load it: without it a refused message would look like a lost one.
import 'rxjs/add/observable/timer';
import { keep, recall } from './storage';

/** Where this tab remembers its conversation. */
const KEY = 'vitrine.conversation';
const DOMAIN = '/v3/directline';
/** What DirectLineJS calls it when the server knows a conversation no more. */
const CONVERSATION_ENDED = 'conversation ended';
/** The server counts by this between two messages, in watermarks by one. */
const STEP = 1000;

/** A conversation and the client that speaks in it. */
export interface Connection {
  readonly directLine: DirectLine;
  readonly conversationId: string;
  /** The place (see `away.ts`) of the last message that was there before; 0 in a new conversation. */
  readonly said: number;
  /** The words of messages that the server has not taken yet. */
  unsent(): string;
}

interface Saved {
  readonly token: string;
  readonly conversationId: string;
  readonly said: number;
}

/**
 * Connects to the tab's conversation; to the browser's last one, when the tab has none or its token has expired; or to a new
 * one, when the server gives none back or that is `wanted`. DirectLineJS asks with an empty watermark, so the history
 * returns. Rejects when the server can't be reached.
 */
export async function connect(locale: string, wanted: 'any' | 'new' = 'any'): Promise<Connection> {
  const resumed = wanted === 'any' ? ((await resume()) ?? (await comeBack())) : undefined;
  const session = resumed ?? sessionOf(await post('/tokens/generate'));
  const directLine = new DirectLine({
    domain: new URL(DOMAIN, location.href).href,
    token: session.token,
    ...(resumed && { conversationId: session.conversationId }),
    conversationStartProperties: { locale },
  });
  endWithItsStream(directLine);
  const unsent = followSending(directLine);
  return { directLine, conversationId: session.conversationId, said: session.said, unsent };
}

/**
 * DirectLineJS says "retry" where a message was lost on the way, and nobody does: Web Chat would wait for its echo until the
 * time for sending is over. As an error, it shows at once that the message was not sent. Returns what tells the words of
 * messages that are on their way.
 */
function followSending(directLine: DirectLine): () => string {
  const onTheWay = new Set<object>();
  const post = directLine.postActivity.bind(directLine);
  directLine.postActivity = (activity) => {
    onTheWay.add(activity);
    return post(activity).map((id) => {
      if (id === 'retry') throw new Error('The message was lost on the way.');
      onTheWay.delete(activity);
      return id;
    });
  };
  return () => [...onTheWay].flatMap((activity) => ('text' in activity ? [activity.text] : [])).join('\n');
}

/** An erased conversation ends DirectLineJS's stream of activities, by an error that its connection status tells nothing of. */
function endWithItsStream(directLine: DirectLine): void {
  directLine.activity$ = directLine.activity$.do({
    error: (error: unknown) => {
      if (error instanceof Error && error.message === CONVERSATION_ENDED) directLine.end();
    },
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

/** Forgets the tab's conversation. */
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

/** The conversation that this browser had, by a cookie that only the server reads. */
async function comeBack(): Promise<Saved | undefined> {
  const found = await post('/tokens/return');
  return found === undefined ? undefined : sessionOf(found);
}

/** Undefined where the server has nothing to say. */
async function post(path: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(DOMAIN + path, { method: 'POST', headers });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.status === 204 ? undefined : response.json();
}

function read(): Saved | undefined {
  try {
    return sessionOf(JSON.parse(recall('session', KEY) ?? 'null'));
  } catch {
    return undefined;
  }
}

function sessionOf(value: unknown): Saved {
  const { token, conversationId, watermark } = (value ?? {}) as Record<string, unknown>;
  if (typeof token !== 'string' || typeof conversationId !== 'string') throw new Error('That is no conversation.');
  return { token, conversationId, said: STEP * Number(watermark ?? 0) };
}
