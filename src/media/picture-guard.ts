import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { messageOf, VitrineError } from '../domain';
import { Gate } from './gate';
import { type PictureKind, sniff } from './sniff';

/** What an outsider's picture may cost. */
export interface PictureLimits {
  /** Longest file in bytes. */
  readonly maxBytes?: number;
  /** Most pixels of one frame, as the header claims them; half of it for AVIF. */
  readonly maxPixels?: number;
  /** Whole seconds for decoding and encoding. */
  readonly timeoutSeconds?: number;
}

/** Formats that are decoded, as sharp names them. SVG, TIFF and HEIC never reach a decoder. */
const DECODED: Readonly<Partial<Record<PictureKind, string>>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  avif: 'heif',
};
/** AVIF is decoded as a whole, at some 17 bytes a pixel; the other formats come in strips or take far less. */
const AVIF_SHARE = 0.5;
const MAX_CHANNELS = 4;
/** One libvips thread a picture and two pictures at a time keep a box of two cores busy and its memory bounded. */
const gate = new Gate(2);

/** Opens outsiders' pictures under limits: see `open`. */
export class PictureGuard {
  private readonly maxBytes: number;
  private readonly maxPixels: number;
  private readonly timeoutSeconds: number;

  constructor(limits: PictureLimits = {}) {
    this.maxBytes = limits.maxBytes ?? 10 * 1024 * 1024;
    this.maxPixels = limits.maxPixels ?? 32_000_000;
    this.timeoutSeconds = limits.timeoutSeconds ?? 5;
    sharp.cache(false);
    sharp.concurrency(1);
  }

  /**
   * What `render` makes of the picture: first frame, upright, inside a square of `longSide` pixels, on white, sRGB, no
   * metadata. The bytes decide the format, not a label. Throws PICTURE_UNREADABLE for what is no whole picture of an
   * accepted format and PICTURE_TOO_LARGE for too many bytes, pixels or seconds.
   */
  async open<T>(bytes: Buffer, longSide: number, render: (picture: Sharp) => Promise<T>): Promise<T> {
    if (bytes.length > this.maxBytes) {
      throw new VitrineError('PICTURE_TOO_LARGE', `The picture has more than ${this.maxBytes} bytes.`);
    }
    const format = DECODED[sniff(bytes)];
    if (format === undefined) {
      throw new VitrineError('PICTURE_UNREADABLE', 'The file is not a picture of an accepted format.');
    }
    return gate.run(async () => {
      this.check(await readable(() => sharp(bytes, this.input()).metadata()), format);
      return readable(() => render(this.small(bytes, longSide)));
    });
  }

  private input(): SharpOptions {
    return {
      pages: 1,
      failOn: 'error',
      limitInputPixels: this.maxPixels,
      limitInputChannels: MAX_CHANNELS,
      sequentialRead: true,
      autoOrient: true,
    };
  }

  private check(header: Metadata, format: string): void {
    if (header.format !== format || (format === 'heif' && header.compression !== 'av1')) {
      throw new VitrineError('PICTURE_UNREADABLE', 'The file is not the picture that its first bytes announce.');
    }
    const maxPixels = format === 'heif' ? this.maxPixels * AVIF_SHARE : this.maxPixels;
    if (header.width * header.height > maxPixels) throw tooManyPixels();
  }

  private small(bytes: Buffer, longSide: number): Sharp {
    return sharp(bytes, this.input())
      .timeout({ seconds: this.timeoutSeconds })
      .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb');
  }
}

function tooManyPixels(): VitrineError {
  return new VitrineError('PICTURE_TOO_LARGE', 'The picture has too many pixels.');
}

/** libvips tells its faults apart by text only. */
async function readable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const message = messageOf(cause);
    if (message.includes('pixel limit')) throw tooManyPixels();
    if (message.includes('timeout:')) {
      throw new VitrineError('PICTURE_TOO_LARGE', 'The picture takes too long to decode.', { cause });
    }
    throw new VitrineError('PICTURE_UNREADABLE', 'The picture is damaged or cut off.', { cause });
  }
}
