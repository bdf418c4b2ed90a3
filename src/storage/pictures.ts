import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureStore, PictureTask, StoredPicture } from '../domain';
import { guarded, type Sqlite, storageError } from './database';

interface PictureRow {
  readonly product_id: string;
  readonly position: number;
  readonly source: string;
  readonly base: string | null;
}

/** Pictures as files named by their content, so that variants share one; SQLite says which belongs to what. */
export class FilePictureStore implements PictureStore {
  private readonly statements;
  private temporary = 0;

  constructor(
    db: Sqlite,
    private readonly folder: string,
  ) {
    const where = 'WHERE file IS NULL AND failure IS NULL';
    this.statements = {
      pending: db.prepare<[number], PictureRow>(
        `SELECT product_id, position, source, base FROM pictures ${where} ORDER BY product_id, position LIMIT ?`,
      ),
      pendingCount: db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM pictures ${where}`),
      link: db.prepare('UPDATE pictures SET file = ? WHERE product_id = ? AND position = ? AND source = ?'),
      fail: db.prepare('UPDATE pictures SET failure = ? WHERE product_id = ? AND position = ? AND source = ?'),
      retry: db.prepare('UPDATE pictures SET failure = NULL WHERE failure IS NOT NULL'),
      stored: db.prepare<[], { product_id: string; position: number; file: string }>(
        'SELECT product_id, position, file FROM pictures WHERE file IS NOT NULL ORDER BY product_id, position',
      ),
      file: db.prepare<[string, number], { file: string | null }>(
        'SELECT file FROM pictures WHERE product_id = ? AND position = ?',
      ),
    };
  }

  pending(limit: number): PictureTask[] {
    return guarded(() => this.statements.pending.all(limit)).map((row) => ({
      productId: row.product_id,
      position: row.position,
      source: row.source,
      base: row.base ?? undefined,
    }));
  }

  pendingCount(): number {
    return guarded(() => this.statements.pendingCount.get()?.count ?? 0);
  }

  async put(task: PictureTask, bytes: Buffer): Promise<void> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const name = `${hash}.webp`;
    const folder = join(this.folder, hash.slice(0, 2));
    const file = join(folder, name);
    try {
      if (!existsSync(file)) {
        await mkdir(folder, { recursive: true });
        this.temporary += 1;
        const partial = join(folder, `.${process.pid}-${this.temporary}.partial`);
        try {
          await writeFile(partial, bytes, { flush: true });
          await rename(partial, file);
        } catch (error) {
          await rm(partial, { force: true });
          throw error;
        }
      }
      this.statements.link.run(name, task.productId, task.position, task.source);
    } catch (error) {
      throw storageError(error);
    }
  }

  fail(task: PictureTask, reason: string): void {
    guarded(() => this.statements.fail.run(reason, task.productId, task.position, task.source));
  }

  retryFailed(): void {
    guarded(() => this.statements.retry.run());
  }

  stored(): StoredPicture[] {
    return guarded(() => this.statements.stored.all()).map((row) => ({
      productId: row.product_id,
      position: row.position,
      digest: row.file.slice(0, row.file.indexOf('.')),
      file: this.pathOf(row.file),
    }));
  }

  file(productId: string, position: number): string | undefined {
    const name = guarded(() => this.statements.file.get(productId, position))?.file;
    return name ? this.pathOf(name) : undefined;
  }

  private pathOf(name: string): string {
    return join(this.folder, name.slice(0, 2), name);
  }
}
