import type { DecodedPicture, PictureReader } from '../domain';
import { levelled } from './levels';
import { PictureGuard, type PictureLimits } from './picture-guard';
import { subjectOf } from './subject';

/** Longest side of what is decoded, in pixels: enough for every encoder after a crop, and little to copy. */
const LONG_SIDE = 512;

/** Decodes outsiders' pictures with libvips, under the limits of `PictureGuard`. */
export class SharpPictureReader implements PictureReader {
  private readonly guard: PictureGuard;

  constructor(limits: PictureLimits = {}) {
    this.guard = new PictureGuard(limits);
  }

  read(bytes: Buffer): Promise<DecodedPicture> {
    return this.guard.open(bytes, LONG_SIDE, async (picture) => {
      const { data, info } = await picture.removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
      return { data, width: info.width, height: info.height };
    });
  }

  cleanUp(picture: DecodedPicture): DecodedPicture {
    return subjectOf(levelled(picture));
  }
}
