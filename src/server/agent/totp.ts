import { Secret, TOTP } from 'otpauth';
import type { AgentStore } from '../../domain';

const SECONDS = 30;
/** Time steps before and after that count, too: clocks differ. */
const WINDOW = 1;
const CODE = /^\d{6}$/;

/** A new secret (20 bytes, base32) and the address that an authenticator app reads it from. */
export function newTotp(issuer: string, name: string): { readonly secret: string; readonly url: string } {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, url: totpOf(secret.base32, issuer, name).toString() };
}

/** Whether it is a code of now that was not used before; it is used then. */
export function takeTotp(
  store: Pick<AgentStore, 'spendTotpStep'>,
  { id, secret, code, now }: { id: string; secret: string; code: string; now: number },
): boolean {
  if (!CODE.test(code)) return false;
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return false;
  return store.spendTotpStep(id, TOTP.counter({ period: SECONDS, timestamp: now }) + delta);
}

function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret, period: SECONDS });
}
