import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AttachmentStore, ScreenedAttachment, StoredAttachment } from '../domain';
import { guarded, type Sqlite, storageError } from './database';

/** Milliseconds after which a file without a row is a stray: a killed process wrote it, and nobody knows it. */
const STRAY_AGE = 10 * 60_000;

/** Files that shoppers sent: bytes in a folder, what they are in SQLite. Names on disk are ours. */
export class FileAttachmentStore implements AttachmentStore {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly folder: string,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      add: db.prepare(
        'INSERT INTO attachments (id, conversation, content_type, name, created_at) VALUES (?, ?, ?, ?, ?)',
      ),
      get: db.prepare<[string], { conversation: string; content_type: string; name: string }>(
        'SELECT conversation, content_type, name FROM attachments WHERE id = ?',
      ),
      old: db.prepare<[number], { id: string }>('SELECT id FROM attachments WHERE created_at < ? LIMIT 1000'),
      remove: db.prepare('DELETE FROM attachments WHERE id = ?'),
    };
  }

  async put(conversation: string, { bytes, contentType, name }: ScreenedAttachment): Promise<string> {
    const id = randomBytes(24).toString('base64url');
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(this.path(id), bytes, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      await rm(this.path(id), { force: true });
      throw storageError(error);
    }
    guarded(() => this.statements.add.run(id, conversation, contentType, name, this.clock()));
    return id;
  }

  get(id: string): StoredAttachment | undefined {
    const row = guarded(() => this.statements.get.get(id));
    if (!row) return undefined;
    const { conversation, name } = row;
    return { conversation, file: this.path(id), contentType: row.content_type, name };
  }

  async remove(id: string): Promise<void> {
    if (!this.get(id)) return;
    await rm(this.path(id), { force: true });
    guarded(() => this.statements.remove.run(id));
  }

  async expire(olderThan: number): Promise<void> {
    const before = this.clock() - olderThan;
    for (;;) {
      const old = guarded(() => this.statements.old.all(before));
      if (old.length === 0) return;
      for (const { id } of old) await this.remove(id);
    }
  }

  async removeStrays(): Promise<void> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOENT') return [];
      throw storageError(error);
    });
    for (const name of names) {
      if (this.get(basename(name, '.bin'))) continue;
      const file = join(this.folder, name);
      // The time of the file system, not of our clock: it wrote the file's.
      const age = await stat(file).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > STRAY_AGE) await rm(file, { force: true });
    }
  }

  /** Ids come from the table only, so they are no paths. */
  private path(id: string): string {
    return join(this.folder, `${id}.bin`);
  }
}
