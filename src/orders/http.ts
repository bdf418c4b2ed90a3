import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Order, type OrderStore, plainOrderNumber, VitrineError } from '../domain';
import { orderSchema } from './schema';

export interface HttpOrderStoreOptions {
  /** To which `{"number":…, "email":…}` is posted; answers with an order, or 404. */
  readonly url: string;
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of one try, in milliseconds. */
  readonly timeout?: number;
  /** The wait before the second try, in milliseconds; doubled for the third. */
  readonly backoff?: number;
}

const TRIES = 3;
const TIMEOUT = 2_500;
const BACKOFF = 200;
const LONGEST_ANSWER = 64 * 1024;

/**
 * Orders of a shop's own API. Each request bears `X-Vitrine-Timestamp` (seconds since 1970) and `X-Vitrine-Signature`, the
 * hexadecimal HMAC-SHA256 over method, path with query, timestamp and body, a line each. Server errors, refused connections
 * and timeouts are tried again twice.
 */
export class HttpOrderStore implements OrderStore {
  constructor(private readonly options: HttpOrderStoreOptions) {}

  async find(number: string, email: string, signal: AbortSignal): Promise<Order | undefined> {
    const body = JSON.stringify({ number, email: email.trim().toLowerCase() });
    for (let attempt = 1; ; attempt++) {
      const answer = await this.post(body, signal);
      if (answer !== 'again') return answer && checked(answer.text, number);
      if (attempt === TRIES) throw new VitrineError('ORDERS_FAILED', `the shop's API did not answer ${TRIES} times`);
      await sleep((this.options.backoff ?? BACKOFF) * 2 ** (attempt - 1), undefined, { signal });
    }
  }

  /** The body of an answer, undefined where there is no such order, or that it should be tried again. */
  private async post(body: string, signal: AbortSignal): Promise<{ readonly text: string } | undefined | 'again'> {
    const { url, timeout = TIMEOUT } = this.options;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
    let status: number;
    let text: string;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...this.signed(body) },
        body,
        redirect: 'error',
        signal: limited,
      });
      status = response.status;
      text = await bodyOf(response);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof VitrineError) throw error;
      return 'again';
    }
    if (status >= 500 || status === 429) return 'again';
    if (status === 404) return undefined;
    if (status !== 200) throw new VitrineError('ORDERS_FAILED', `the shop's API answered with status ${status}`);
    return { text };
  }

  private signed(body: string): Record<string, string> {
    const { url, secret, clock } = this.options;
    const { pathname, search } = new URL(url);
    const timestamp = String(Math.floor(clock() / 1_000));
    const signature = createHmac('sha256', secret)
      .update(['POST', `${pathname}${search}`, timestamp, body].join('\n'))
      .digest('hex');
    return { 'X-Vitrine-Timestamp': timestamp, 'X-Vitrine-Signature': signature };
  }
}

async function bodyOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw new VitrineError('ORDERS_FAILED', "the shop's API answered with too much");
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The order of an answer. Its words stay out of errors: they may tell of a shopper. */
function checked(text: string, number: string): Order {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new VitrineError('ORDERS_FAILED', "the shop's API answered with what is no JSON");
  }
  const parsed = orderSchema.safeParse(json);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the whole';
    throw new VitrineError('ORDERS_FAILED', `the shop's API answered with an order whose ${field} is not valid`);
  }
  if (plainOrderNumber(parsed.data.number) !== plainOrderNumber(number)) {
    throw new VitrineError('ORDERS_FAILED', "the shop's API answered with another order");
  }
  return parsed.data;
}
