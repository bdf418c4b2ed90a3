import { createHash } from 'node:crypto';
import { type TextEncoder, type VectorCache, VitrineError } from '../domain';

/** Encodes products' texts, each only once: what was encoded before comes from the cache. */
export class DocumentVectors {
  private unsaved: readonly (readonly [Buffer, Float32Array])[] = [];

  constructor(
    private readonly encoder: TextEncoder,
    private readonly cache: VectorCache | undefined,
  ) {}

  get batch(): number {
    return this.encoder.maxBatch;
  }

  /** One vector of `encoder.dimensions` numbers a text, in order. Throws ENCODER_FAILED, or the signal's reason. */
  async of(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    const { encoder, cache } = this;
    const keys = texts.map((text) => createHash('sha256').update(text).digest());
    const known = cache?.getMany(encoder.id, keys) ?? texts.map(() => undefined);
    const missing = texts.flatMap((text, i) => (known[i] === undefined ? [{ text, i }] : []));
    if (missing.length > 0) {
      const encoding = encoder.encode(
        missing.map(({ text }) => text),
        { role: 'document', ...(signal && { signal }) },
      );
      // The last call's vectors reach the disk while the encoder, in its own thread, makes the next.
      encoding.catch(() => undefined);
      this.save();
      const made = await encoding;
      this.unsaved = missing.flatMap(({ i }, at): [Buffer, Float32Array][] => {
        const [key, vector] = [keys[i], made[at]];
        if (key === undefined || vector?.length !== encoder.dimensions) return [];
        known[i] = vector;
        return [[key, vector]];
      });
    }
    return known.map((vector) => {
      if (!vector) throw new VitrineError('ENCODER_FAILED', `the encoder ${encoder.id} gave no vector of its width`);
      return vector;
    });
  }

  /** Writes the vectors that `of` made last; to be called when nothing more is encoded, whatever ended it. */
  save(): void {
    const entries = this.unsaved;
    this.unsaved = [];
    if (entries.length > 0) this.cache?.putMany(this.encoder.id, entries);
  }
}
