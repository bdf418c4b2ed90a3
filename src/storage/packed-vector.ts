/** The largest number of a byte. */
const MOST = 127;

/**
 * A normalised vector in a byte a number: each rounded to 1/127 of the largest. Undefined for a vector of zeros, or one that
 * holds what is no number.
 */
export function packVector(vector: Float32Array): Buffer | undefined {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return undefined;
  const packed = Int8Array.from(vector, (value) => Math.round((MOST * value) / largest));
  return Buffer.from(packed.buffer);
}

/** The vector that was packed, normalised; its cosine with the original is above 0.999 where that has some width. */
export function unpackVector(packed: Uint8Array): Float32Array {
  const whole = new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength);
  const length = Math.hypot(...whole);
  return Float32Array.from(whole, (value) => value / length);
}
