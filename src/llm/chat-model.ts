import { setTimeout as sleep } from 'node:timers/promises';
import { type LanguageModel, type ModelCall, type ModelRequest, type ModelResult, VitrineError } from '../domain';
import { Breaker } from './breaker';
import { answerOf, requestBody } from './protocol';

export interface ChatModelOptions {
  /** See `completionsUrl`. */
  readonly url: string;
  readonly model: string;
  /** Bearer token; none is sent where it is empty. */
  readonly key: string;
  /** Of a call with all its tries, in milliseconds. */
  readonly timeout: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onCall?: (call: ModelCall) => void;
}

/** The wait before the second try where the server says none, in milliseconds. */
const BACKOFF = 250;
/** Longest answer, in bytes. */
const LONGEST_ANSWER = 64 * 1024;
/** What servers answer that don't take a part of the request. */
const NOT_TAKEN: ReadonlySet<number> = new Set([400, 415, 422, 501]);

/** What went wrong, for the one who asked and for the figures. */
class ModelFault extends VitrineError {
  constructor(
    readonly result: Exclude<ModelResult, 'ok' | 'refused' | 'skipped'>,
    message: string,
    /** Milliseconds for which the server wants to be left alone. */
    readonly wait = 0,
    /** Another request may be answered. */
    readonly isOfRequest = false,
  ) {
    super('LLM_FAILED', message);
  }
}

/**
 * A model behind an OpenAI-compatible `/chat/completions`. The form of an answer is asked for by `response_format` and, of
 * a server that refuses that, in words. 429 and 5xx are tried again once, within the time of the call; redirects are not
 * followed. A server that fails three times in a row, or asks to be left alone, is not asked for a while.
 */
export class ChatModel implements LanguageModel {
  private readonly breaker: Breaker;
  private readonly address: string;
  /** The server refused a form and answered without one. */
  private isPlain = false;

  constructor(private readonly options: ChatModelOptions) {
    this.breaker = new Breaker(options.clock);
    this.address = completionsUrl(options.url);
  }

  get id(): string {
    return this.options.model;
  }

  async ask<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<T | undefined> {
    signal.throwIfAborted();
    const started = performance.now();
    const told = (result: ModelResult) =>
      this.options.onCall?.({ use: request.use, result, milliseconds: performance.now() - started });
    if (!this.breaker.admits()) {
      told('skipped');
      return undefined;
    }
    const limited = AbortSignal.any([signal, AbortSignal.timeout(this.options.timeout)]);
    try {
      const text = await this.post(request, limited, started);
      const { isCompletion, json } = answerOf(text);
      if (!isCompletion) throw new ModelFault('invalid', 'the language model answered with what is no chat completion');
      this.breaker.succeeded();
      const read = json === undefined ? undefined : request.read(json);
      told(read === undefined ? 'refused' : 'ok');
      return read;
    } catch (error) {
      if (signal.aborted) this.breaker.forgotten();
      signal.throwIfAborted();
      const fault = faultOf(error, limited);
      // A request that is not taken may be one shopper's: it stops nobody else's.
      if (fault.isOfRequest) this.breaker.forgotten();
      else this.breaker.failed(fault.wait);
      told(fault.result);
      throw fault;
    }
  }

  /** The body of a good answer. */
  private async post<T>(request: ModelRequest<T>, signal: AbortSignal, started: number): Promise<string> {
    let plain = this.isPlain;
    let isSecond = false;
    for (;;) {
      const response = await this.send(requestBody(this.options.model, request, plain), signal);
      if (response.ok) {
        const text = await bodyOf(response);
        this.isPlain = plain;
        return text;
      }
      // What it says is of no use, however much it is.
      await response.body?.cancel();
      const { status } = response;
      if (NOT_TAKEN.has(status) && !plain) {
        plain = true;
        continue;
      }
      if (status !== 429 && status < 500) throw refused(status);
      const asked = retryAfter(response, this.options.clock());
      const wait = asked ?? BACKOFF;
      if (isSecond || wait >= this.options.timeout - (performance.now() - started)) throw refused(status, asked);
      isSecond = true;
      await sleep(wait, undefined, { signal });
    }
  }

  private send(body: string, signal: AbortSignal): Promise<Response> {
    const { key } = this.options;
    return fetch(this.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== '' && { authorization: `Bearer ${key}` }) },
      body,
      // The key and the shopper's words are for the configured address only.
      redirect: 'error',
      signal,
    });
  }
}

/** Where chat completions are made: the address itself where it ends so, else below it; `/v1` is the default path. */
export function completionsUrl(text: string): string {
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/chat/completions')) url.pathname = `${path === '' ? '/v1' : path}/chat/completions`;
  return url.href;
}

function refused(status: number, wait?: number): ModelFault {
  const result = status === 429 ? 'busy' : 'status';
  return new ModelFault(result, `the language model answered with status ${status}`, wait, NOT_TAKEN.has(status));
}

/** Milliseconds that `Retry-After` asks for (RFC 9110: seconds or a date); undefined where it says nothing. */
function retryAfter(response: Response, now: number): number | undefined {
  const text = response.headers.get('retry-after')?.trim();
  if (!text) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

async function bodyOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw new ModelFault('too_large', 'the language model answered with too much');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** No cause: what lies below may quote the request. */
function faultOf(error: unknown, limited: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  if (limited.aborted) return new ModelFault('timeout', 'the language model did not answer in time');
  return new ModelFault('unreachable', 'the language model can not be reached');
}
