import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server of the protocol was asked. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string; readonly json_schema: { readonly name: string } };
    readonly temperature?: number;
  };
}

/** Answers a request; `count` is 1 for the first. */
export type Script = (response: ServerResponse, asked: Asked, count: number) => void;

/** A local server that speaks `/v1/chat/completions`, says what its script says, and keeps what it was asked. */
export class ModelServer {
  readonly asked: Asked[] = [];
  script: Script = (response) => completed(response, '{}');
  private readonly server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString()) as Asked['body'];
    this.asked.push({ path: request.url ?? '', headers: request.headers, body });
    this.script(response, this.asked[this.asked.length - 1] as Asked, this.asked.length);
  });

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** The data of a request, between its marks. */
  data(at: number): Record<string, unknown> {
    const content = this.asked.at(at)?.body.messages.at(-1)?.content ?? '';
    return JSON.parse(/^<data>(.*)<\/data>$/s.exec(content)?.[1] ?? 'null') as Record<string, unknown>;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Ends a response as a chat completion that says a text. */
export function completed(response: ServerResponse, content: unknown): void {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  );
}

/** A reading of a message as the protocol's form has it, with what a test cares about. */
export function reading(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const none = { kinds: [], colors: [], materials: [], patterns: [], brands: [] };
  return {
    ...{
      kinds: [],
      groups: [],
      colors: [],
      materials: [],
      patterns: [],
      sizes: [],
      brands: [],
      genders: [],
      kids: false,
    },
    ...{ unwanted: { ...none, ...(fields.unwanted as object | undefined) }, min_price: null, max_price: null },
    ...{ sort: 'relevance', in_stock_only: false, on_sale_only: false, words: [] },
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'unwanted')),
  };
}
