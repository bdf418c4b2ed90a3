import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { FetchXMLHttpRequest } from '../../support/xhr';

export type Json = Record<string, unknown>;

/** DirectLineJS as the browser has it. Loaded late: it looks for the browser's globals when it is made. */
export function directLineClient(options: Json) {
  Object.assign(globalThis, { XMLHttpRequest: FetchXMLHttpRequest, WebSocket });
  const { DirectLine } = require('botframework-directlinejs') as typeof import('botframework-directlinejs');
  return new DirectLine(options);
}

/** A call of the Direct Line REST API. */
export async function call(
  url: string,
  options: { token?: string; method?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const { token, body } = options;
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body: raw }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Json };
}

export interface Started {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
}

/** A new conversation. */
export async function startConversation(directLine: string, body: Json = {}): Promise<Started> {
  const { body: generated } = await call(`${directLine}/tokens/generate`, { method: 'POST' });
  const started = await call(`${directLine}/conversations`, { token: String(generated.token), body });
  return started.body as unknown as Started;
}

/** Waits until a condition holds. */
export async function until<T>(condition: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    await wait(10);
  }
  throw new Error('What was waited for did not happen.');
}

/** A raw socket to a stream; `frames` fills as frames come. */
export function openStream(url: string, headers: Record<string, string> = {}) {
  const frames: { activities: Json[]; watermark?: string }[] = [];
  const socket = new WebSocket(url, { headers });
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  const opened = new Promise<void>((resolve) => socket.on('open', () => resolve()));
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
  const refused = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  socket.on('error', () => undefined);
  return { socket, frames, opened, closed, refused, activities: () => frames.flatMap((frame) => frame.activities) };
}

/** All stored activities of a conversation, as a poll gives them. */
export async function poll(directLine: string, started: Started): Promise<Json[]> {
  const { body } = await call(`${directLine}/conversations/${started.conversationId}/activities?watermark=`, started);
  return body.activities as Json[];
}
