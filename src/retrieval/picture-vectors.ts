import { readFile } from 'node:fs/promises';
import {
  type DecodedPicture,
  type ImageEncoder,
  type PictureReader,
  type PictureStore,
  type StoredPicture,
  type VectorCache,
  VitrineError,
} from '../domain';

export interface PictureVectorsOptions {
  readonly pictures: Pick<PictureStore, 'stored'>;
  readonly reader: Pick<PictureReader, 'read'>;
  readonly encoder: ImageEncoder;
  readonly cache: VectorCache;
}

/** A picture and its vector, ready for the table. */
export interface PictureRow {
  readonly picture: StoredPicture;
  readonly vector: Float32Array;
}

interface EncodeOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The vectors of products' pictures, in the cache by the encoder and the file's digest: each file is encoded once, however
 * many variants show it, and a run that was killed goes on where it was.
 */
export class PictureVectors {
  constructor(private readonly options: PictureVectorsOptions) {}

  get encoder(): ImageEncoder {
    return this.options.encoder;
  }

  /**
   * Encodes every stored picture that has no vector yet, in batches; the next one is decoded while the encoder is at work.
   * `unreadable` pictures are left out. Throws ENCODER_FAILED or MODEL_*, or the signal's reason.
   */
  async encode({ onProgress, signal }: EncodeOptions = {}): Promise<{ encoded: number; unreadable: number }> {
    const { encoder, cache } = this.options;
    const missing = this.missing();
    const counts = { encoded: 0, unreadable: 0 };
    const part = (start: number) => this.read(missing.slice(start, start + encoder.maxBatch));
    let next = part(0);
    for (let start = 0; start < missing.length; start += encoder.maxBatch) {
      signal?.throwIfAborted();
      const batch = await next;
      const readable = batch.filter(({ decoded }) => decoded !== undefined);
      const encoding = encoder.encode(
        readable.flatMap(({ decoded }) => decoded ?? []),
        signal ? { signal } : {},
      );
      encoding.catch(() => undefined);
      next = part(start + encoder.maxBatch);
      const vectors = await encoding;
      cache.putMany(
        encoder.id,
        readable.map(({ picture }, i) => [keyOf(picture), this.checked(vectors[i])] as const),
      );
      counts.encoded += readable.length;
      counts.unreadable += batch.length - readable.length;
      onProgress?.(counts.encoded + counts.unreadable, missing.length);
    }
    return counts;
  }

  /** Every stored picture that has a vector. */
  rows(): PictureRow[] {
    const stored = this.options.pictures.stored();
    const vectors = this.options.cache.getMany(this.encoder.id, stored.map(keyOf));
    return stored.flatMap((picture, i) => {
      const vector = vectors[i];
      return vector ? [{ picture, vector }] : [];
    });
  }

  /** One picture a digest. */
  private missing(): StoredPicture[] {
    const byDigest = new Map(this.options.pictures.stored().map((picture) => [picture.digest, picture]));
    const pictures = [...byDigest.values()];
    const known = this.options.cache.getMany(this.encoder.id, pictures.map(keyOf));
    return pictures.filter((_, i) => known[i] === undefined);
  }

  private read(pictures: readonly StoredPicture[]) {
    return Promise.all(pictures.map(async (picture) => ({ picture, decoded: await this.decode(picture.file) })));
  }

  private async decode(file: string): Promise<DecodedPicture | undefined> {
    try {
      return await this.options.reader.read(await readFile(file));
    } catch {
      return undefined;
    }
  }

  private checked(vector: Float32Array | undefined): Float32Array {
    if (vector?.length === this.encoder.dimensions) return vector;
    throw new VitrineError('ENCODER_FAILED', `the encoder ${this.encoder.id} gave no vector of its width`);
  }
}

function keyOf({ digest }: StoredPicture): Buffer {
  return Buffer.from(digest, 'hex');
}
