import type { CannedReply, CannedReplyStore } from '../domain';
import { guarded, type Sqlite } from './database';

interface CannedRow {
  readonly id: string;
  readonly shortcut: string;
  readonly title: string;
  readonly texts: string;
}

/** Agents' ready answers. */
export class SqliteCannedReplyStore implements CannedReplyStore {
  private readonly statements;

  constructor(db: Sqlite) {
    this.statements = {
      list: db.prepare<[], CannedRow>('SELECT * FROM canned_replies ORDER BY shortcut'),
      put: db.prepare(
        `INSERT INTO canned_replies (id, shortcut, title, texts) SELECT @id, @shortcut, @title, @texts
         WHERE NOT EXISTS (SELECT 1 FROM canned_replies WHERE shortcut = @shortcut AND id <> @id)
         ON CONFLICT (id) DO UPDATE SET shortcut = @shortcut, title = @title, texts = @texts`,
      ),
      remove: db.prepare('DELETE FROM canned_replies WHERE id = ?'),
    };
  }

  list(): CannedReply[] {
    return guarded(() => this.statements.list.all()).map(({ texts, ...row }) => ({ ...row, texts: JSON.parse(texts) }));
  }

  put({ id, shortcut, title, texts }: CannedReply): boolean {
    return guarded(() => this.statements.put.run({ id, shortcut, title, texts: JSON.stringify(texts) })).changes === 1;
  }

  remove(id: string): boolean {
    return guarded(() => this.statements.remove.run(id)).changes === 1;
  }
}
