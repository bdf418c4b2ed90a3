import { field } from './hearts';

/** A pairing code as the page shows it; all texts are plain, final and in the shopper's language. */
export interface PairingCode {
  readonly code: string;
  readonly caption: string;
  readonly alt: string;
  /** The QR code: modules of a side, and the dark ones as an SVG path. */
  readonly picture: { readonly size: number; readonly path: string };
}

/** Moves, runs and closings only. */
const PATH = /^(?:M\d{1,3} \d{1,3}h\d{1,3}v1h-\d{1,3}z)+$/;
/** What the server takes for a code; it knows best which are any. */
const LINK = /^#pair=([A-Z\d]{4}-?[A-Z\d]{4})$/i;

/** The `pairing` of a card's content; undefined where there is none that makes sense. */
export function pairingOf(content: unknown): PairingCode | undefined {
  const pairing = field(content, 'pairing');
  const [code, caption, alt] = ['code', 'caption', 'alt'].map((name) => field(pairing, name));
  const picture = field(pairing, 'picture');
  const [size, path] = [field(picture, 'size'), field(picture, 'path')];
  if (typeof code !== 'string' || typeof caption !== 'string' || typeof alt !== 'string') return undefined;
  if (typeof size !== 'number' || !(size > 0) || typeof path !== 'string' || !PATH.test(path)) return undefined;
  return { code, caption, alt, picture: { size, path } };
}

/** The pairing code in what stands behind the page's address; undefined where there is none. */
export function codeInLink(hash: string): string | undefined {
  return LINK.exec(hash)?.[1];
}
