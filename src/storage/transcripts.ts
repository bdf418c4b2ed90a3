import type { NewTranscriptEntry, Speaker, TranscriptEntry, TranscriptStore } from '../domain';
import { guarded, type Sqlite } from './database';

/** Most entries that are read where nobody says how many. */
const PAGE = 200;

interface Row {
  readonly sequence: number;
  readonly json: string;
}

/** What was said in all conversations: one row an entry. */
export class SqliteTranscriptStore implements TranscriptStore {
  private readonly statements;

  constructor(db: Sqlite) {
    const within = 'conversation = ? AND sequence > ? AND sequence < ? AND private <= ?';
    this.statements = {
      append: db.prepare(
        `INSERT INTO transcript (conversation, id, at, speaker, private, json) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (conversation, id) DO NOTHING`,
      ),
      find: db.prepare<[string, string], Row>(
        'SELECT sequence, json FROM transcript WHERE conversation = ? AND id = ?',
      ),
      first: db.prepare<[string, number, number, number, number], Row>(
        `SELECT sequence, json FROM transcript WHERE ${within} ORDER BY sequence LIMIT ?`,
      ),
      last: db.prepare<[string, number, number, number, number], Row>(
        `SELECT sequence, json FROM transcript WHERE ${within} ORDER BY sequence DESC LIMIT ?`,
      ),
      lastOf: db.prepare<[string, string], Row>(
        `SELECT sequence, json FROM transcript WHERE conversation = ? AND speaker = ? AND private = 0
         ORDER BY sequence DESC LIMIT 1`,
      ),
      erase: db.prepare('DELETE FROM transcript WHERE conversation = ?'),
      prune: db.prepare('DELETE FROM transcript WHERE at < ?'),
    };
  }

  append(entry: NewTranscriptEntry): TranscriptEntry {
    const { conversationId, id, at, speaker, isPrivate } = entry;
    return guarded(() => {
      this.statements.append.run(conversationId, id, at, speaker, isPrivate ? 1 : 0, JSON.stringify(entry));
      return entryOf(this.statements.find.get(conversationId, id) as Row);
    });
  }

  of(conversationId: string, options: Parameters<TranscriptStore['of']>[1] = {}): TranscriptEntry[] {
    const { after = 0, before = Number.MAX_SAFE_INTEGER, limit = PAGE, last = false, withPrivate = false } = options;
    const statement = last ? this.statements.last : this.statements.first;
    const rows = guarded(() => statement.all(conversationId, after, before, withPrivate ? 1 : 0, limit));
    return (last ? rows.reverse() : rows).map(entryOf);
  }

  find(conversationId: string, id: string): TranscriptEntry | undefined {
    const row = guarded(() => this.statements.find.get(conversationId, id));
    return row && entryOf(row);
  }

  lastOf(conversationId: string, speaker: Speaker): TranscriptEntry | undefined {
    const row = guarded(() => this.statements.lastOf.get(conversationId, speaker));
    return row && entryOf(row);
  }

  erase(conversationId: string): void {
    guarded(() => this.statements.erase.run(conversationId));
  }

  prune(before: number): void {
    guarded(() => this.statements.prune.run(before));
  }
}

function entryOf({ sequence, json }: Row): TranscriptEntry {
  return { ...(JSON.parse(json) as NewTranscriptEntry), sequence };
}
