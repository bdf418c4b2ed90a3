import { ConsoleApi, type SignedIn } from './api/console-api';
import { type Answer, Requests } from './api/request';
import type { Me, Settings } from './api/types';
import { Desk } from './desk/desk';
import type { Notice } from './desk/notices';

/** Milliseconds between two attempts to reach the server before anybody is signed in. */
const RETRY = 5000;

export type SessionState =
  | { readonly phase: 'loading' | 'offline' }
  | { readonly phase: 'signedOut'; readonly expired: boolean }
  | { readonly phase: 'signedIn'; readonly me: Me; readonly settings: Settings; readonly desk: Desk };

/** What came of an attempt to sign in. */
export type SignInResult = 'done' | 'wrong' | 'codeNeeded' | 'offline' | { readonly waitSeconds: number };

/** Who works at this page, from sign-in to sign-out. */
export class Session {
  readonly api: ConsoleApi;
  private state: SessionState = { phase: 'loading' };
  private readonly listeners = new Set<() => void>();

  /** `onNotice` makes the sounds. */
  constructor(private readonly onNotice: (notice: Notice) => void) {
    this.api = new ConsoleApi(new Requests(() => this.expire()));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): SessionState => this.state;

  /** Goes on with a session that the browser still has. */
  readonly open = async (): Promise<void> => {
    const answer = await this.api.me();
    if (answer.ok) this.begin(answer.value);
    else if (answer.status === 401) this.show({ phase: 'signedOut', expired: false });
    else {
      this.show({ phase: 'offline' });
      setTimeout(() => void this.open(), RETRY);
    }
  };

  async signIn(fields: { name: string; password: string; code?: string }): Promise<SignInResult> {
    const answer = await this.api.login(fields);
    if (!answer.ok) return resultOf(answer);
    this.api.requests.csrf = answer.value.csrf;
    const me = await this.api.me();
    if (!me.ok) return resultOf(me);
    this.begin(me.value);
    return 'done';
  }

  async signOut(): Promise<void> {
    await this.api.logout();
    this.end(false);
  }

  private begin({ agent: me, csrf, settings }: SignedIn & { readonly settings: Settings }): void {
    this.api.requests.csrf = csrf;
    const desk = new Desk({
      api: this.api,
      me,
      connect: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/agent/socket`),
      onExpired: () => this.expire(),
      onNotice: this.onNotice,
    });
    this.show({ phase: 'signedIn', me, settings, desk });
    void desk.start();
  }

  private expire(): void {
    if (this.state.phase === 'signedIn') this.end(true);
  }

  /** What was being written stays for the same agent when the session has only run out. */
  private end(expired: boolean): void {
    if (this.state.phase !== 'signedIn') return;
    this.state.desk.stop(expired);
    this.api.requests.csrf = '';
    this.show({ phase: 'signedOut', expired });
  }

  private show(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function resultOf(answer: Exclude<Answer<unknown>, { ok: true }>): SignInResult {
  if (answer.code === 'TOTP_REQUIRED') return 'codeNeeded';
  if (answer.status === 429) return { waitSeconds: answer.retryAfter ?? 60 };
  return answer.status >= 400 && answer.status < 500 ? 'wrong' : 'offline';
}
