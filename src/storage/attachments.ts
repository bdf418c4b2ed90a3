import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachmentStore, ScreenedAttachment, StoredAttachment } from '../domain';
import { guarded, type Sqlite, storageError } from './database';

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
    for (const { id } of guarded(() => this.statements.old.all(this.clock() - olderThan))) {
      await this.remove(id);
    }
  }

  /** Ids come from the table only, so they are no paths. */
  private path(id: string): string {
    return join(this.folder, `${id}.bin`);
  }
}
