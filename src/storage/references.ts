import type { ActivityJson, AnswerReferences } from '../domain';
import { guarded, type Sqlite } from './database';

/** One row a conversation. */
export class SqliteAnswerReferences implements AnswerReferences {
  private readonly statements;

  constructor(db: Sqlite) {
    this.statements = {
      get: db.prepare<[string], { json: string }>('SELECT json FROM answer_references WHERE conversation = ?'),
      set: db.prepare(
        `INSERT INTO answer_references (conversation, json) VALUES (?, ?)
         ON CONFLICT (conversation) DO UPDATE SET json = excluded.json`,
      ),
      erase: db.prepare('DELETE FROM answer_references WHERE conversation = ?'),
    };
  }

  get(conversation: string): ActivityJson | undefined {
    const row = guarded(() => this.statements.get.get(conversation));
    return row && (JSON.parse(row.json) as ActivityJson);
  }

  set(conversation: string, reference: ActivityJson): void {
    guarded(() => this.statements.set.run(conversation, JSON.stringify(reference)));
  }

  erase(conversation: string): void {
    guarded(() => this.statements.erase.run(conversation));
  }
}
