import { type RememberedPhoto, type TurnPhoto, vectorToText } from '../dialog';
import {
  type DecodedPicture,
  type ImageEncoder,
  type IncomingMessage,
  type MediaSource,
  type MediaSources,
  orAborted,
  type PhotoFault,
  type PhotoScreener,
  type PhotoSeen,
  type PictureReader,
  type TurnObserver,
  VitrineError,
} from '../domain';
import type { PhotoDescriber } from './describe-photo';
import { photoVector } from './photo-vector';
import { timed } from './timed';

export interface PhotosOptions {
  readonly sources: MediaSources;
  readonly reader: PictureReader;
  readonly observer: TurnObserver;
  /** Missing where photos are not screened. */
  readonly screener?: PhotoScreener;
  /** Missing where photos can't be searched. */
  readonly imageEncoder?: ImageEncoder;
  readonly describer?: PhotoDescriber;
}

/**
 * Milliseconds for the whole way. It leaves a turn the time to search by the words alone, so that a photo that can't be had
 * costs a shopper no answer.
 */
const DEADLINE = 11_000;
/** Longest photo, in bytes. */
const MOST_BYTES = 10 * 1024 * 1024;

/** A white picture. */
const BLANK: DecodedPicture = { data: new Uint8Array(8 * 8 * 3).fill(255), width: 8, height: 8 };

/** A photo that must not be used. */
class Refused extends Error {}

/** The way of a message's photos: fetched, decoded, screened, cleaned up, encoded, described. */
export class Photos {
  private warmed = false;

  constructor(private readonly options: PhotosOptions) {}

  /**
   * Loads what looks at photos, once, in threads of its own: a shopper who has come may send one. What fails here fails
   * again, and is told, when a photo comes.
   */
  warm(): void {
    if (this.warmed) return;
    this.warmed = true;
    const { imageEncoder, screener, describer } = this.options;
    const ignore = () => undefined;
    if (!imageEncoder) return;
    imageEncoder.encode([], {}).catch(ignore);
    screener?.refuses(BLANK, {}).catch(ignore);
    describer?.prepare().catch(ignore);
  }

  /**
   * What became of the photos of a message; undefined where it has none. Those that can't be used are left out as long as
   * one can. Throws only when the signal ends the turn.
   */
  async understand(message: IncomingMessage, signal: AbortSignal): Promise<TurnPhoto | undefined> {
    const sources = message.photos ?? [];
    if (sources.length === 0) return undefined;
    const { imageEncoder } = this.options;
    if (!imageEncoder) return { kind: 'failed', fault: 'unsupported' };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]);
    // All of them are waited for: a photo that fails must not hide that another one is refused.
    const opened = await Promise.allSettled(sources.map((source) => this.open(source, message.conversationId, limit)));
    signal.throwIfAborted();
    const errors: unknown[] = opened.flatMap((photo) => (photo.status === 'rejected' ? [photo.reason] : []));
    if (errors.some((error) => error instanceof Refused)) {
      await this.forget(sources, message.conversationId);
      return { kind: 'failed', fault: 'refused' };
    }
    const [fault] = errors.map((error) => this.faultOf(error));
    const pictures = opened.flatMap((photo) => (photo.status === 'fulfilled' ? [photo.value] : []));
    if (fault !== undefined && pictures.length === 0) return { kind: 'failed', fault };
    try {
      const photo = await this.remembered(pictures, imageEncoder, limit);
      return { kind: 'ready', photo, ...(fault !== undefined && { fault: 'some' }) };
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'failed', fault: this.faultOf(error) };
    }
  }

  private async open(source: MediaSource, conversation: string, limit: AbortSignal): Promise<DecodedPicture> {
    const { sources, reader, screener } = this.options;
    const bytes = await timed(
      this.options.observer,
      'photo_fetch',
      sources.bytes(source, { conversation, maxBytes: MOST_BYTES, signal: limit }),
    );
    const picture = await timed(this.options.observer, 'photo_read', reader.read(bytes));
    // The whole photo is screened, before a crop could hide something.
    const refused =
      screener &&
      (await timed(
        this.options.observer,
        'photo_screen',
        orAborted(screener.refuses(picture, { signal: limit }), limit),
      ));
    if (refused) throw new Refused();
    return picture;
  }

  private async remembered(
    pictures: readonly DecodedPicture[],
    imageEncoder: ImageEncoder,
    limit: AbortSignal,
  ): Promise<RememberedPhoto> {
    const clean = pictures.map((picture) => this.options.reader.cleanUp(picture));
    const vector = await timed(
      this.options.observer,
      'photo_encode',
      orAborted(photoVector(clean, imageEncoder, limit), limit),
    );
    const seen = await this.seen(clean, vector, limit);
    return { encoder: imageEncoder.id, vector: vectorToText(vector), seen };
  }

  /** What is on the photos; only how many they are where it can't be said: they are searched all the same. */
  private async seen(
    pictures: readonly DecodedPicture[],
    vector: Float32Array,
    limit: AbortSignal,
  ): Promise<PhotoSeen> {
    const { describer, observer } = this.options;
    const unnamed = { photos: pictures.length, colors: [] };
    if (!describer) return unnamed;
    try {
      return await timed(
        this.options.observer,
        'photo_describe',
        orAborted(describer.describe(pictures, vector, limit), limit),
      );
    } catch (error) {
      observer.fault(error);
      return unnamed;
    }
  }

  /** None of the photos of a refused message is kept. */
  private async forget(photos: readonly MediaSource[], conversation: string): Promise<void> {
    for (const source of photos) {
      await this.options.sources.forget(source, { conversation }).catch((error) => this.options.observer.fault(error));
    }
  }

  /** What a shopper sent is no fault of the server's; what failed here is, and is reported. */
  private faultOf(error: unknown): PhotoFault {
    const fault = faultOf(error);
    if (fault === 'failed') this.options.observer.fault(error);
    return fault;
  }
}

const UNREADABLE = new Set(['PICTURE_UNREADABLE', 'ATTACHMENT_UNSUPPORTED']);
const TOO_LARGE = new Set(['PICTURE_TOO_LARGE', 'ATTACHMENT_TOO_LARGE', 'DOWNLOAD_TOO_LARGE']);
const GONE = new Set(['ATTACHMENT_GONE', 'DOWNLOAD_BLOCKED', 'DOWNLOAD_FAILED', 'DOWNLOAD_TIMEOUT']);

function faultOf(error: unknown): PhotoFault {
  if (!(error instanceof VitrineError)) return 'failed';
  if (UNREADABLE.has(error.code)) return 'unreadable';
  if (TOO_LARGE.has(error.code)) return 'tooLarge';
  return GONE.has(error.code) ? 'gone' : 'failed';
}
