import { call, type Json, type Started } from './client';

/** Whose token it is, as clients read it. */
export function userOf(token: string): string {
  return (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { user: string }).user;
}

/** A conversation, with the shopper's id in it. */
export type Visit = Started & { readonly userId: string };

/** A browser on Vitrine's page: it keeps cookies that a script can't see. */
export class PageBrowser {
  /** By name. */
  cookies: Record<string, string> = {};
  /** Of the last cookie that was set, by name: `; Max-Age=…`. */
  readonly attributes: Record<string, string> = {};

  constructor(private readonly origin: string) {}

  async ask(path: string, { token, body, headers }: { token?: string; body?: Json; headers?: Json } = {}) {
    const cookie = Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`);
    const answer = await call(`${this.origin}/v3/directline${path}`, {
      method: 'POST',
      ...(token !== undefined && { token }),
      ...(body !== undefined && { body }),
      headers: { origin: this.origin, ...(cookie.length > 0 && { cookie: cookie.join('; ') }), ...headers },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]*)=([^;]*)(.*)$/.exec(set) ?? [];
      if (value === '') delete this.cookies[name];
      else this.cookies[name] = value;
      this.attributes[name] = attributes;
    }
    return answer;
  }

  /** A new conversation. */
  async start(headers: Record<string, string> = {}): Promise<Visit> {
    const token = String((await this.ask('/tokens/generate', { headers })).body.token);
    const { body } = await this.ask('/conversations', { token, body: {}, headers });
    return { ...(body as unknown as Started), userId: userOf(token) };
  }

  /** What the page does when it hears that the shopper is remembered, or no longer. */
  async settle({ token }: Started): Promise<unknown> {
    return (await this.ask('/shopper', { token })).body.remembered;
  }
}
