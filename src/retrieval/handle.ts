import { statSync } from 'node:fs';
import { join } from 'node:path';
import { VitrineError } from '../domain';
import { CatalogueWords } from './facts';
import { FusedTable } from './fused-table';
import { differenceOf, type IndexMakers, type IndexManifest, readManifest } from './manifest';
import { PictureTable } from './picture-table';
import { ProductTable } from './table';

/** An open generation of the index. */
export interface OpenIndex {
  readonly manifest: IndexManifest;
  readonly table: ProductTable;
  /** Vectors of pictures, where there is an image encoder. */
  readonly pictures?: PictureTable;
  /** Fused vectors of products, where fusion weights are trained. */
  readonly fused?: FusedTable;
  readonly words: CatalogueWords;
}

interface Leased {
  readonly open: OpenIndex;
  users: number;
  retired: boolean;
}

/** Opens the serving generation, follows swaps by other processes, and closes a generation when its last search ends. */
export class IndexHandle {
  private current: Promise<Leased> | undefined;
  private stamp = '';

  constructor(
    private readonly folder: string,
    private readonly makers: IndexMakers,
  ) {}

  /** Runs an action on the serving index. Throws INDEX_MISSING, INDEX_MISMATCH or INDEX_FAILED. */
  async use<T>(action: (index: OpenIndex) => Promise<T>): Promise<T> {
    const lease = await this.lease();
    lease.users += 1;
    try {
      return await action(lease.open);
    } finally {
      lease.users -= 1;
      if (lease.retired && lease.users === 0) closeTables(lease.open);
    }
  }

  private lease(): Promise<Leased> {
    const stamp = this.readStamp();
    if (this.current && (stamp === this.stamp || this.isOfOthers())) {
      this.stamp = stamp;
      return this.current;
    }
    const previous = this.current;
    this.stamp = stamp;
    const opening = this.open();
    this.current = opening;
    // A failed load is forgotten so that it can be tried again; whoever asked gets the error.
    opening.then(
      () => previous?.then(retire, () => undefined),
      () => {
        if (this.current === opening) this.current = undefined;
      },
    );
    return opening;
  }

  /**
   * The new generation was made with other rules or models, by a process that has them already: the old one, which is kept
   * beside it, serves until this process is started anew.
   */
  private isOfOthers(): boolean {
    try {
      const manifest = readManifest(this.folder);
      return manifest !== undefined && differenceOf(manifest, this.makers) !== undefined;
    } catch {
      return false;
    }
  }

  private readStamp(): string {
    try {
      const { mtimeMs, ino } = statSync(join(this.folder, 'current.json'));
      return `${mtimeMs}:${ino}`;
    } catch {
      return '';
    }
  }

  private async open(): Promise<Leased> {
    const manifest = readManifest(this.folder);
    if (!manifest) throw new VitrineError('INDEX_MISSING', 'there is no product index yet');
    const difference = differenceOf(manifest, this.makers);
    if (difference) throw new VitrineError('INDEX_MISMATCH', `the index was made with other rules: ${difference}`);
    const path = join(this.folder, manifest.generation);
    try {
      const words = await CatalogueWords.load(path);
      const table = await ProductTable.open(path, manifest.encoder?.dimensions ?? 0, 1);
      const dimensions = manifest.pictureEncoder?.dimensions;
      const pictures = dimensions === undefined ? undefined : await PictureTable.open(path, dimensions, 1);
      const width = manifest.fusion === null ? undefined : manifest.encoder?.dimensions;
      const fused = width === undefined ? undefined : await FusedTable.open(path, width, 1);
      const open = { manifest, table, words, ...(pictures && { pictures }), ...(fused && { fused }) };
      return { open, users: 0, retired: false };
    } catch (error) {
      throw new VitrineError('INDEX_FAILED', "the index can't be opened", { cause: error });
    }
  }

  async close(): Promise<void> {
    const closing = this.current;
    this.current = undefined;
    this.stamp = '';
    await closing?.then(retire, () => undefined);
  }
}

function retire(lease: Leased): void {
  lease.retired = true;
  if (lease.users === 0) closeTables(lease.open);
}

function closeTables({ table, pictures, fused }: OpenIndex): void {
  table.close();
  pictures?.close();
  fused?.close();
}
