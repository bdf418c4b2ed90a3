import type { Ticket } from './types';

/** What the server answered. A refusal is an expected outcome; nothing is thrown. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  /** HTTP status; 0 where the server was not reached. */
  readonly status: number;
  /** A code of the server's error table; `OFFLINE` where it was not reached. */
  readonly code: string;
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number;
  /** After a conflict: the ticket as it is now. */
  readonly ticket?: Ticket;
}

/** Sends requests with the session's cookie and its CSRF token. */
export class Requests {
  /** Given at sign-in; goes with everything that changes something. */
  csrf = '';
  /** Server's clock minus this one's, in milliseconds. */
  clockOffset = 0;

  /** `onExpired` is called when the session is not valid any more. */
  constructor(
    private readonly onExpired: () => void,
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  get<T>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path, {});
  }

  /** Sends JSON, or a file as it is. */
  async change<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object | Blob): Promise<Answer<T>> {
    const raw = body instanceof Blob;
    return this.send<T>(method, path, {
      headers: {
        'x-csrf-token': this.csrf,
        ...(body !== undefined && { 'content-type': raw ? body.type : 'application/json' }),
      },
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
  }

  private async send<T>(method: string, path: string, init: RequestInit): Promise<Answer<T>> {
    let response: Response;
    let body: unknown;
    try {
      response = await this.fetcher(`/agent/api/${path}`, { ...init, method, credentials: 'same-origin' });
      body = response.status === 204 ? undefined : await response.json();
    } catch {
      // Not reached, or cut off in the middle.
      return { ok: false, status: 0, code: 'OFFLINE' };
    }
    this.noteClock(response.headers.get('date'));
    if (response.ok) return { ok: true, value: body as T };
    if (response.status === 401 && path !== 'login') this.onExpired();
    return refusalOf(response, body);
  }

  private noteClock(date: string | null): void {
    const offset = Date.parse(date ?? '') - Date.now();
    // The header has whole seconds: less than two is no difference.
    if (Number.isFinite(offset)) this.clockOffset = Math.abs(offset) < 2000 ? 0 : offset;
  }
}

function refusalOf(response: Response, body: unknown): Refusal {
  const { error, ticket } = (body ?? {}) as { error?: { code?: unknown }; ticket?: Ticket };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    ok: false,
    status: response.status,
    code: typeof error?.code === 'string' ? error.code : 'UNKNOWN',
    ...(Number.isFinite(retryAfter) && { retryAfter }),
    ...(ticket && { ticket }),
  };
}
