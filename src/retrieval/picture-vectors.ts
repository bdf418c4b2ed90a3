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

/** Pictures that are looked up in the cache at once. */
const LOOKED_UP = 1_000;

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

  /** Every picture that is stored, encoded or not. */
  stored(): readonly StoredPicture[] {
    return this.options.pictures.stored();
  }

  /** The vectors of some pictures, in order; undefined for those that have none. */
  of(pictures: readonly StoredPicture[]): (Float32Array | undefined)[] {
    return this.options.cache.getMany(this.encoder.id, pictures.map(keyOf));
  }

  /** One picture a digest. A part at a time is looked up: the vectors of a large catalogue are too many to hold. */
  private missing(): StoredPicture[] {
    const pictures = [...new Map(this.stored().map((picture) => [picture.digest, picture])).values()];
    const missing: StoredPicture[] = [];
    for (let at = 0; at < pictures.length; at += LOOKED_UP) {
      const part = pictures.slice(at, at + LOOKED_UP);
      const known = this.of(part);
      missing.push(...part.filter((_, i) => known[i] === undefined));
    }
    return missing;
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
