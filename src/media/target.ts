import { isIP } from 'node:net';
import { VitrineError } from '../domain';
import { isPublicAddress, shownHost } from './address';

/** An address that may be asked, as far as its text tells. Names are checked again when they are resolved. */
export interface Target {
  readonly url: URL;
  /** For messages. */
  readonly host: string;
  /** Named in `allowPrivate`: may be or resolve to a private address. */
  readonly exempt: boolean;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Checks scheme, user info and literal addresses. The URL parser has already turned `0x7f000001`, `0177.1` and
 * `2130706433` into dotted decimals. Throws DOWNLOAD_BLOCKED; the message never holds path, query or user info.
 *
 * @param text address, or a reference relative to `base`
 * @param allowed `host:port` entries that may be private
 */
export function checkTarget(text: string, allowed: ReadonlySet<string>, base?: URL): Target {
  // No cause: the parser's error holds the whole address, with whatever secrets are in it.
  if (!URL.canParse(text, base?.href)) throw new VitrineError('DOWNLOAD_BLOCKED', 'That is not a web address.');
  const url = new URL(text, base);
  const defaultPort = DEFAULT_PORTS[url.protocol];
  if (defaultPort === undefined) throw new VitrineError('DOWNLOAD_BLOCKED', 'Only http and https are fetched.');
  const host = shownHost(url.hostname);
  if (url.username !== '' || url.password !== '') {
    throw new VitrineError('DOWNLOAD_BLOCKED', `The address at ${host} holds a user name.`);
  }
  const name = url.hostname.replace(/\.$/, '');
  const exempt = allowed.has(`${name}:${url.port === '' ? defaultPort : url.port}`);
  if (!exempt && isPrivateName(name)) {
    throw new VitrineError('DOWNLOAD_BLOCKED', `${host} is not a public address.`);
  }
  return { url, host, exempt };
}

function isPrivateName(name: string): boolean {
  const literal = name.startsWith('[') ? name.slice(1, -1) : name;
  if (isIP(literal) !== 0) return !isPublicAddress(literal);
  return name === 'localhost' || name.endsWith('.localhost');
}
