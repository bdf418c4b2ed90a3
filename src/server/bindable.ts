import { isIP } from 'node:net';
import { VitrineError } from '../domain';

/** True for an address or name that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .replace(/^::ffff:(?=127\.)/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (isIP(name) === 4) return name.startsWith('127.');
  return isIP(name) === 6 && /^(0*:)*:?0*1$/.test(name);
}

/**
 * Without an app id the Bot Framework SDK accepts every caller of `/api/messages`, so only loopback may be bound then.
 * Throws CONFIG_INVALID otherwise.
 */
export function assertBindable(host: string, appId: string | undefined): void {
  if (appId || isLoopback(host)) return;
  throw new VitrineError(
    'CONFIG_INVALID',
    `HOST is ${host === '' ? 'empty' : `"${host}"`}, which others can reach, but MICROSOFT_APP_ID is not set: without it anybody could talk to the bot in another's name. Set HOST to 127.0.0.1, or set MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD.`,
  );
}
