import type { PictureNormaliser } from '../domain';
import { PictureGuard, type PictureLimits } from './picture-guard';

export interface SharpPictureNormaliserOptions extends PictureLimits {
  /** Longest side of the result in pixels; smaller pictures keep their size. */
  readonly longSide?: number;
}

const WEBP_QUALITY = 82;

/**
 * Decodes an outsider's picture and encodes it anew as WebP, inside `longSide`; what is done to it and what is thrown stands
 * at `PictureGuard.open`.
 */
export class SharpPictureNormaliser implements PictureNormaliser {
  private readonly longSide: number;
  private readonly guard: PictureGuard;

  constructor(options: SharpPictureNormaliserOptions = {}) {
    this.longSide = options.longSide ?? 640;
    this.guard = new PictureGuard(options);
  }

  normalise(bytes: Buffer): Promise<Buffer> {
    return this.guard.open(bytes, this.longSide, (picture) => picture.webp({ quality: WEBP_QUALITY }).toBuffer());
  }
}
