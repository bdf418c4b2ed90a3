import type { PairingCode } from './pairing';

/** White modules around the code: readers find it by them. */
const QUIET = 4;

/** A pairing code to be read off the screen, by people and by cameras. */
export function PairingPicture({ pairing: { code, caption, alt, picture } }: { readonly pairing: PairingCode }) {
  const side = picture.size + 2 * QUIET;
  return (
    <figure className="pairing">
      <svg role="img" aria-label={alt} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} shapeRendering="crispEdges">
        <path d={picture.path} />
      </svg>
      <figcaption>
        <strong>{code}</strong>
        <span>{caption}</span>
      </figcaption>
    </figure>
  );
}
