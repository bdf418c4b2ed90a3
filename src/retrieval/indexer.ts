import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AttributeTagger,
  type Product,
  type ProductIndexer,
  type ProductStore,
  type TextAnalyzer,
  type TextEncoder,
  type VectorCache,
  VitrineError,
} from '../domain';
import { documentOf, type IndexDocument } from './document';
import { CatalogueWords } from './facts';
import { type ProductFusion, syncFusedTable } from './fused-table';
import { removeGenerations } from './generations';
import { indexError } from './index-error';
import {
  differenceOf,
  type EncoderMark,
  type IndexMakers,
  type IndexManifest,
  readManifest,
  writeManifest,
} from './manifest';
import { PictureTable } from './picture-table';
import type { PictureVectors } from './picture-vectors';
import { type IndexRow, ProductTable } from './table';
import { usualCurrency } from './usual-currency';
import { DocumentVectors } from './vectors';

const BATCH = 5_000;
/** Past this share of changed products a new generation is built faster than the old one is mended. */
const REBUILD_SHARE = 0.2;
const FEWEST_FOR_REBUILD = 500;
/** Versions that a reader of another process may still hold. */
const KEEP_VERSIONS_MS = 10 * 60_000;

export interface IndexerOptions {
  readonly folder: string;
  readonly store: ProductStore;
  readonly analyzer: TextAnalyzer;
  readonly tagger: AttributeTagger;
  readonly encoder?: TextEncoder;
  readonly vectorCache?: VectorCache;
  /** Vectors of products' pictures, where there is an image encoder. */
  readonly pictures?: PictureVectors;
  /** What fuses products' vectors, where weights are trained. */
  readonly fusion?: ProductFusion;
  /** Used while no product has a price. */
  readonly currency: string;
  /** Approximate vector index from 10,000 products on; default true. */
  readonly vectorIndex?: boolean;
}

/** What turning products into rows needs. */
interface RowTools {
  readonly currency: string;
  readonly facts: CatalogueWords;
  readonly signal: AbortSignal | undefined;
  /** Told how many rows of these products are ready. */
  readonly advance: (rows: number) => void;
}

interface SyncOptions {
  readonly rebuild?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  /** Pictures that are encoded, of how many that had no vector yet. */
  readonly onPictures?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const markOf = ({ id, space, dimensions }: EncoderMark): EncoderMark => ({ id, space, dimensions });

export function makersOf(
  options: Pick<IndexerOptions, 'analyzer' | 'tagger' | 'encoder' | 'pictures' | 'fusion'>,
): IndexMakers {
  const { encoder, pictures, fusion } = options;
  return {
    analyzer: options.analyzer.id,
    tagger: options.tagger.id,
    encoder: encoder ? markOf(encoder) : null,
    pictureEncoder: pictures ? markOf(pictures.encoder) : null,
    fusion: fusion?.fusion.id ?? null,
  };
}

/** Keeps the LanceDB index in step with the store: mends it in place, or builds a generation beside and swaps. */
export class LanceProductIndexer implements ProductIndexer {
  private readonly vectors: DocumentVectors | undefined;

  constructor(private readonly options: IndexerOptions) {
    const { encoder, vectorCache } = options;
    this.vectors = encoder && new DocumentVectors(encoder, vectorCache);
  }

  isOutdated(): boolean {
    const manifest = this.usableManifest();
    return manifest !== undefined && differenceOf(manifest, makersOf(this.options)) !== undefined;
  }

  async sync(sync: SyncOptions = {}): ReturnType<ProductIndexer['sync']> {
    try {
      return await this.bringUpToDate(sync);
    } catch (error) {
      if (sync.signal?.aborted) throw error;
      throw indexError(error);
    }
  }

  private async bringUpToDate(sync: SyncOptions): ReturnType<ProductIndexer['sync']> {
    const { store } = this.options;
    const pictures = await this.options.pictures?.encode({
      ...(sync.onPictures && { onProgress: sync.onPictures }),
      ...(sync.signal && { signal: sync.signal }),
    });
    const counts = pictures && { pictures };
    const manifest = this.usableManifest();
    const changes = store.changedCount(manifest?.revision ?? 0);
    const many = changes > Math.max(FEWEST_FOR_REBUILD, REBUILD_SHARE * store.count());
    const outdated = !manifest || differenceOf(manifest, makersOf(this.options)) !== undefined;
    if (sync.rebuild || outdated || many) return { indexed: await this.rebuild(sync), rebuilt: true, ...counts };
    return { indexed: await this.mend(manifest, changes, sync), rebuilt: false, ...counts };
  }

  /** An unreadable manifest is no obstacle: the index is rebuilt from storage. */
  private usableManifest(): IndexManifest | undefined {
    try {
      return readManifest(this.options.folder);
    } catch (error) {
      if (error instanceof VitrineError && error.code === 'INDEX_FAILED') return undefined;
      throw error;
    }
  }

  private async rebuild({ onProgress, signal }: SyncOptions): Promise<number> {
    const { folder, store } = this.options;
    const makers = makersOf(this.options);
    const revision = store.revision();
    const total = store.count();
    const generation = `g-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`;
    const path = join(folder, generation);
    const facts = new CatalogueWords();
    let currency: string | undefined;
    let done = 0;
    const table = await ProductTable.create(path, makers.encoder?.dimensions ?? 0);
    try {
      for (const batch of store.batches(BATCH)) {
        signal?.throwIfAborted();
        currency ??= usualCurrency(batch);
        const advance = progressFrom(done, total, onProgress);
        await table.add(
          await this.rowsOf(batch, { currency: currency ?? this.options.currency, facts, signal, advance }),
        );
        done += batch.length;
        advance(batch.length);
      }
      await table.buildIndexes({ vectorIndex: this.options.vectorIndex ?? true });
      await facts.save(path);
      await this.syncPictures(path);
      await this.syncFused(path, table, signal);
    } catch (error) {
      table.close();
      await rm(path, { recursive: true, force: true });
      throw error;
    }
    table.close();
    const previous = this.usableManifest()?.generation;
    await writeManifest(folder, {
      format: 1,
      generation,
      revision,
      products: done,
      currency: currency ?? this.options.currency,
      ...makers,
    });
    this.forgetOthers();
    await removeGenerations(folder, new Set([generation, previous ?? generation]));
    return done;
  }

  private async mend(manifest: IndexManifest, total: number, { onProgress, signal }: SyncOptions): Promise<number> {
    const { folder, store } = this.options;
    const path = join(folder, manifest.generation);
    const changedPictures = await this.syncPictures(path);
    // Written anew, the manifest tells those who search to look again.
    if (total === 0 && !changedPictures) return 0;
    const facts = await CatalogueWords.load(path);
    const table = await ProductTable.open(path, manifest.encoder?.dimensions ?? 0);
    let { revision } = manifest;
    let done = 0;
    try {
      if (total === 0) {
        await this.syncFused(path, table, signal);
        await writeManifest(folder, manifest);
        return 0;
      }
      for (;;) {
        signal?.throwIfAborted();
        const changed = store.changedSince(revision, BATCH);
        const last = changed.at(-1);
        if (!last) break;
        const products = changed.map((change) => change.product);
        const advance = progressFrom(done, total, onProgress);
        await table.upsert(await this.rowsOf(products, { currency: manifest.currency, facts, signal, advance }));
        revision = last.revision;
        done += changed.length;
        advance(changed.length);
      }
      await table.optimize(new Date(Date.now() - KEEP_VERSIONS_MS));
      await this.syncFused(path, table, signal);
      await facts.save(path);
      await writeManifest(folder, { ...manifest, revision, products: await table.table.countRows() });
      return done;
    } finally {
      table.close();
    }
  }

  /** The table of pictures follows what is stored, whether or not products changed. */
  private async syncPictures(generation: string): Promise<boolean> {
    const { pictures } = this.options;
    if (!pictures) return false;
    const table = await PictureTable.open(generation, pictures.encoder.dimensions);
    try {
      return await table.sync(pictures, new Date(Date.now() - KEEP_VERSIONS_MS));
    } finally {
      table.close();
    }
  }

  /** The table of fused vectors follows those of products and pictures. */
  private async syncFused(path: string, products: ProductTable, signal: AbortSignal | undefined): Promise<void> {
    const { fusion, pictures } = this.options;
    if (!fusion) return;
    const tables = { path, products, pictures, cleanupOlderThan: new Date(Date.now() - KEEP_VERSIONS_MS) };
    await syncFusedTable(fusion, tables, signal);
  }

  /** Vectors of encoders that serve no more. */
  private forgetOthers(): void {
    const { encoder, pictures, vectorCache } = this.options;
    const serving = [...(encoder ? [encoder.id] : []), ...(pictures ? [pictures.encoder.id] : [])];
    if (serving.length > 0) vectorCache?.keepOnly(serving);
  }

  private async rowsOf(
    products: readonly Product[],
    { currency, facts, signal, advance }: RowTools,
  ): Promise<IndexRow[]> {
    const { analyzer, tagger } = this.options;
    const documentsOf = (part: readonly Product[]): IndexDocument[] =>
      part.map((product) => {
        const document = documentOf(product, { analyzer, tagger, currency });
        facts.addProduct(document.brand, document.vocabulary);
        return document;
      });
    const { vectors } = this;
    if (!vectors) return documentsOf(products).map((document) => ({ document }));
    const rows: IndexRow[] = [];
    const part = (start: number) => documentsOf(products.slice(start, start + vectors.batch));
    let documents = part(0);
    try {
      for (let next = vectors.batch; documents.length > 0; next += vectors.batch) {
        signal?.throwIfAborted();
        const encoding = vectors.of(
          documents.map((document) => document.textToEncode),
          signal,
        );
        // Words are cut here while the encoder works in its own thread.
        encoding.catch(() => undefined);
        const following = part(next);
        const encoded = await encoding;
        rows.push(...documents.map((document, i): IndexRow => withVector(document, encoded[i])));
        advance(rows.length);
        documents = following;
      }
    } finally {
      vectors.save();
    }
    return rows;
  }
}

/** Tells how far it is when some rows beyond `before` are ready; the total grows where more came meanwhile. */
function progressFrom(before: number, total: number, onProgress: SyncOptions['onProgress']): (rows: number) => void {
  return (rows) => onProgress?.(before + rows, Math.max(total, before + rows));
}

function withVector(document: IndexDocument, vector: Float32Array | undefined): IndexRow {
  return vector ? { document, vector } : { document };
}
