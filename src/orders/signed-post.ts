import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a shop's own systems are spoken to. */
export interface SignedPostOptions {
  readonly url: string;
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of one try, in milliseconds. */
  readonly timeout?: number;
  /** The wait before the second try, in milliseconds; doubled for the third. */
  readonly backoff?: number;
}

export interface Answered {
  readonly status: number;
  /** Undefined where it is longer than 64 KB. */
  readonly text: string | undefined;
}

const TRIES = 3;
const TIMEOUT = 2_500;
const BACKOFF = 200;
const LONGEST_ANSWER = 64 * 1024;

/**
 * Posts JSON that bears `X-Vitrine-Timestamp` (seconds since 1970) and `X-Vitrine-Signature`, the hexadecimal HMAC-SHA256 over
 * method, path with query, timestamp and body, a line each. Server errors, refused connections and timeouts are tried again
 * twice, redirects are not followed. Undefined where no try was answered.
 */
export async function postSigned(
  options: SignedPostOptions,
  body: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered | undefined> {
  for (let attempt = 1; ; attempt++) {
    const answer = await post(options, body, signal, headers);
    if (answer !== undefined || attempt === TRIES) return answer;
    await sleep((options.backoff ?? BACKOFF) * 2 ** (attempt - 1), undefined, { signal });
  }
}

async function post(
  options: SignedPostOptions,
  body: string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>>,
): Promise<Answered | undefined> {
  const { url, timeout = TIMEOUT } = options;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers, ...signed(options, body) },
      body,
      redirect: 'error',
      signal: limited,
    });
    const text = await bodyOf(response);
    const { status } = response;
    if (status >= 500 || status === 429) return undefined;
    return { status, text };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function signed({ url, secret, clock }: SignedPostOptions, body: string): Record<string, string> {
  const { pathname, search } = new URL(url);
  const timestamp = String(Math.floor(clock() / 1_000));
  const signature = createHmac('sha256', secret)
    .update(['POST', `${pathname}${search}`, timestamp, body].join('\n'))
    .digest('hex');
  return { 'X-Vitrine-Timestamp': timestamp, 'X-Vitrine-Signature': signature };
}

async function bodyOf(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > LONGEST_ANSWER) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
