import type { PhotoFault, PhotoSeen } from '../domain';

/** A photo as a conversation remembers it: never the picture itself. */
export interface RememberedPhoto {
  /** The encoder of the vector; another one can't use it. */
  readonly encoder: string;
  /** 32-bit floats, little-endian, in base64. */
  readonly vector: string;
  readonly seen: PhotoSeen;
}

/** A photo that can be pointed at later ("the photo I sent"), and when it was searched by, in milliseconds since 1970. */
export type SentPhoto = RememberedPhoto & { readonly at: number };

/** What became of the photos of a message. */
export type TurnPhoto =
  /** `fault` says why some of the photos were left out. */
  | { readonly kind: 'ready'; readonly photo: RememberedPhoto; readonly fault?: PhotoFault }
  | { readonly kind: 'failed'; readonly fault: PhotoFault };

/** The text form of a vector. */
export function vectorToText(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

/** The vector of its text form. */
export function vectorFromText(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}
