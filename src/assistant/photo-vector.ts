import type { DecodedPicture, ImageEncoder, PictureReader } from '../domain';

/**
 * One normalised vector for all photos of a message, which are one query: the mean of theirs. Throws ENCODER_FAILED or
 * MODEL_*.
 */
export async function photoVector(
  photos: readonly DecodedPicture[],
  encoder: ImageEncoder,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const vectors = await encoder.encode(photos, signal ? { signal } : {});
  const sum = new Float32Array(encoder.dimensions);
  for (const vector of vectors) for (const [i, value] of vector.entries()) sum[i] = (sum[i] ?? 0) + value;
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
}

/** The vector of photos as they were sent; undefined without an image encoder. Throws PICTURE_* and what encoding throws. */
export async function readPhotoVector(
  photos: readonly Buffer[],
  reader: PictureReader,
  encoder: ImageEncoder | undefined,
): Promise<Float32Array | undefined> {
  if (!encoder) return undefined;
  const read = await Promise.all(photos.map(async (photo) => reader.cleanUp(await reader.read(photo))));
  return photoVector(read, encoder);
}
