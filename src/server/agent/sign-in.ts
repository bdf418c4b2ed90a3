import { ipKeyGenerator } from 'express-rate-limit';
import { type Agent, type AgentStore, type SessionStore, Throttle, VitrineError } from '../../domain';
import type { Passwords } from './passwords';
import { takeTotp } from './totp';

const MINUTE = 60_000;

export interface SignInDeps {
  readonly agents: AgentStore;
  readonly sessions: SessionStore;
  readonly passwords: Passwords;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export interface Credentials {
  readonly name: string;
  readonly password: string;
  readonly code?: string | undefined;
}

export type SignInResult =
  | { readonly kind: 'signedIn'; readonly agent: Agent; readonly token: string }
  | { readonly kind: 'codeNeeded'; readonly agent: Agent }
  /** `agent` is whose name it was, where somebody has it. */
  | { readonly kind: 'refused'; readonly agent: Agent | undefined }
  | { readonly kind: 'tooMany'; readonly agent: Agent | undefined; readonly seconds: number };

/**
 * Signs agents in. Who fails five times in five minutes from one address, or ten times in fifteen minutes at one name, waits;
 * names that nobody has count like others and take as long, so that nobody learns which there are.
 */
export class SignIn {
  private readonly addresses: Throttle;
  private readonly names: Throttle;

  constructor(private readonly deps: SignInDeps) {
    this.addresses = new Throttle(5, 5 * MINUTE, deps.clock);
    this.names = new Throttle(10, 15 * MINUTE, deps.clock);
  }

  /** Throws BUSY where too many sign in at once. */
  async signIn(credentials: Credentials, address: string): Promise<SignInResult> {
    const name = credentials.name.toLowerCase();
    const network = ipKeyGenerator(address);
    const agent = this.deps.agents.byName(name);
    const seconds = Math.max(this.addresses.wait(network), this.names.wait(name));
    if (seconds > 0) return { kind: 'tooMany', agent, seconds };
    // Counted before it is known how it ends: many at once are many.
    const undo = [this.addresses.count(network), this.names.count(name)];
    const forget = (): void => {
      for (const each of undo) each();
    };
    try {
      const result = await this.check(agent, credentials);
      if (result.kind !== 'refused') forget();
      return result;
    } catch (error) {
      forget();
      throw error;
    }
  }

  private async check(agent: Agent | undefined, { password, code }: Credentials): Promise<SignInResult> {
    const { agents, sessions, passwords, clock } = this.deps;
    const secrets = agent && agents.secretsOf(agent.id);
    const matches = await passwords.matches(secrets?.passwordHash, password);
    // It may have been changed, or the agent disabled, meanwhile.
    const now = agent && agents.get(agent.id);
    const isSame = agent !== undefined && agents.secretsOf(agent.id)?.passwordHash === secrets?.passwordHash;
    if (!matches || !now || !isSame || now.isDisabled) return { kind: 'refused', agent };
    if (secrets?.totpSecret !== undefined) {
      if (code === undefined || code === '') return { kind: 'codeNeeded', agent: now };
      const taken = takeTotp(agents, { id: now.id, secret: secrets.totpSecret, code, now: clock() });
      if (!taken) return { kind: 'refused', agent: now };
    }
    return { kind: 'signedIn', agent: now, token: sessions.start(now.id) };
  }
}

/** The error that a sign-in which did not succeed is answered with. */
export function signInError(kind: Exclude<SignInResult['kind'], 'signedIn'>): VitrineError {
  if (kind === 'tooMany') return new VitrineError('TOO_MANY_REQUESTS', 'Too many attempts to sign in failed.');
  if (kind === 'codeNeeded') return new VitrineError('TOTP_REQUIRED', 'Signing in needs a code, too.');
  return new VitrineError('LOGIN_FAILED', 'The name, the password or the code is wrong.');
}
