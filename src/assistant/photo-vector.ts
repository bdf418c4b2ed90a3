import type { DecodedPicture, ImageEncoder, PictureReader } from '../domain';

export interface PhotoTools {
  readonly reader: Pick<PictureReader, 'cleanUp'>;
  readonly imageEncoder: ImageEncoder;
}

/**
 * One normalised vector for all photos of a message, which are one query: the mean of theirs. Each photo is cleaned up
 * first. Throws ENCODER_FAILED or MODEL_*.
 */
export async function photoVector(
  photos: readonly DecodedPicture[],
  { reader, imageEncoder }: PhotoTools,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const pictures = photos.map((photo) => reader.cleanUp(photo));
  const vectors = await imageEncoder.encode(pictures, signal ? { signal } : {});
  const sum = new Float32Array(imageEncoder.dimensions);
  for (const vector of vectors) for (const [i, value] of vector.entries()) sum[i] = (sum[i] ?? 0) + value;
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
}
