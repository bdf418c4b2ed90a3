import { type TurnPhoto, vectorToText } from '../dialog';
import {
  type DecodedPicture,
  type ImageEncoder,
  type IncomingMessage,
  type PhotoFault,
  type PhotoScreener,
  type PhotoSource,
  type PhotoSources,
  type PictureReader,
  type TurnObserver,
  VitrineError,
} from '../domain';
import type { PhotoDescriber } from './describe-photo';
import { photoVector } from './photo-vector';

export interface PhotosOptions {
  readonly sources: PhotoSources;
  readonly reader: PictureReader;
  readonly observer: TurnObserver;
  /** Missing where photos are not screened. */
  readonly screener?: PhotoScreener;
  /** Missing where photos can't be searched. */
  readonly imageEncoder?: ImageEncoder;
  readonly describer?: PhotoDescriber;
}

/** Milliseconds for each step; a shopper is told sooner than that the photo can't be used. */
const DEADLINE = 12_000;

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

  /** What became of the photos of a message; undefined where it has none. Throws only when the signal ends the turn. */
  async understand(message: IncomingMessage, signal: AbortSignal): Promise<TurnPhoto | undefined> {
    const sources = message.photos ?? [];
    if (sources.length === 0) return undefined;
    const { imageEncoder, observer } = this.options;
    if (!imageEncoder) return { kind: 'failed', fault: 'unsupported' };
    try {
      const pictures = await Promise.all(sources.map((source) => this.open(source, message.conversationId, signal)));
      return await this.ready(pictures, imageEncoder, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refused) {
        await this.forget(sources, message.conversationId);
        return { kind: 'failed', fault: 'refused' };
      }
      const fault = faultOf(error);
      // What a shopper sent is no fault of the server's; what failed here is.
      if (fault === 'failed') observer.fault(error);
      return { kind: 'failed', fault };
    }
  }

  private async open(source: PhotoSource, conversation: string, signal: AbortSignal): Promise<DecodedPicture> {
    const { sources, reader, screener } = this.options;
    const bytes = await this.timed('photo_fetch', signal, (limit) =>
      sources.bytes(source, { conversation, signal: limit }),
    );
    const picture = await this.timed('photo_read', signal, () => reader.read(bytes));
    // The whole photo is screened, before a crop could hide something.
    const refused =
      screener && (await this.timed('photo_screen', signal, (limit) => screener.refuses(picture, { signal: limit })));
    if (refused) throw new Refused();
    return picture;
  }

  private async ready(
    pictures: readonly DecodedPicture[],
    imageEncoder: ImageEncoder,
    signal: AbortSignal,
  ): Promise<TurnPhoto> {
    const { reader, describer } = this.options;
    const clean = pictures.map((picture) => reader.cleanUp(picture));
    const vector = await this.timed('photo_encode', signal, (limit) => photoVector(clean, imageEncoder, limit));
    const described =
      describer && (await this.timed('photo_describe', signal, (limit) => describer.describe(clean, vector, limit)));
    const seen = described ?? { photos: pictures.length, colors: [] };
    return { kind: 'ready', photo: { encoder: imageEncoder.id, vector: vectorToText(vector), seen } };
  }

  /** None of the photos of a refused message is kept. */
  private async forget(photos: readonly PhotoSource[], conversation: string): Promise<void> {
    for (const source of photos) {
      await this.options.sources.forget(source, { conversation }).catch((error) => this.options.observer.fault(error));
    }
  }

  private async timed<T>(step: string, signal: AbortSignal, action: (limit: AbortSignal) => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await action(AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]));
    } finally {
      this.options.observer.step(step, performance.now() - started);
    }
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
