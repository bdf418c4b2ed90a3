import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { VitrineError } from '../domain';

/** Finds all addresses of a host name. */
export type Resolver = (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** The system's resolver. */
export const systemResolver: Resolver = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** IPv6 that was handed out to the public. Everything else is local, a transition mechanism or not assigned. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** The one NAT64 prefix whose last four bytes are the IPv4 address (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** Azure's platform address: public by its number, but it answers from the inside. */
const PLATFORM_ADDRESSES: ReadonlySet<string> = new Set(['168.63.129.16']);

/** A host as messages show it. */
export function shownHost(hostname: string): string {
  return hostname.slice(0, 100);
}

/**
 * May an outsider make us connect to this address? True for public unicast only. IPv4 inside IPv6 (mapped and NAT64)
 * is judged by the IPv4 address; 6to4 and Teredo are refused, as is whatever is not a plain address.
 */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return isPublicIPv4(address);
  if (address.match(NAT64)) return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
}

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !PLATFORM_ADDRESSES.has(address.toString());
}

/**
 * A `lookup` for sockets that answers only when every address of the name is public, so that the address that was
 * checked is the one that is connected to. `exempt` names may point anywhere.
 */
export function guardedLookup(resolve: Resolver, exempt: boolean): LookupFunction {
  return (hostname, options, callback) => {
    const checked = async () => {
      const all = await resolve(hostname);
      if (!exempt && !all.every((answer) => isPublicAddress(answer.address))) {
        throw new VitrineError('DOWNLOAD_BLOCKED', `${shownHost(hostname)} is not a public address.`);
      }
      const wanted = options.family === 4 || options.family === 6 ? options.family : 0;
      const usable = all.filter((answer) => wanted === 0 || answer.family === wanted);
      const first = usable[0];
      if (first === undefined) throw new VitrineError('DOWNLOAD_FAILED', `${shownHost(hostname)} has no address.`);
      return { first, usable };
    };
    checked().then(
      ({ first, usable }) => {
        if (options.all === true) callback(null, [...usable]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
