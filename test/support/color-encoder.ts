import type { DecodedPicture, ImageEncoder } from '../../src/domain';

/** An image encoder that knows colour only: the mean of a picture's middle, around grey. Records how many it was given. */
export class ColorEncoder implements ImageEncoder {
  readonly id: string = 'colors@1';
  readonly space = 'colors';
  readonly dimensions = 3;
  readonly maxBatch = 4;
  readonly parallel = false;
  encoded = 0;
  /** What the next calls do instead. */
  fault: Error | undefined;

  async encode(pictures: readonly DecodedPicture[]): Promise<Float32Array[]> {
    if (this.fault) throw this.fault;
    this.encoded += pictures.length;
    return pictures.map(({ data, width, height }) => {
      const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 3;
      const vector = Float32Array.from([0, 1, 2], (channel) => (data[at + channel] ?? 0) - 127.5);
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });
  }
}
