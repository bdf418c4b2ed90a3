import { createHash, randomBytes } from 'node:crypto';
import { type AgentSession, SESSION_IDLE, SESSION_LIFETIME, type SessionStore } from '../domain';
import { guarded, type Sqlite } from './database';

/** Milliseconds between two notes that a session is used: each is a write to the disk. */
const TOUCH_INTERVAL = 60_000;

interface SessionRow {
  readonly id: string;
  readonly agent_id: string;
  readonly created_at: number;
  readonly seen_at: number;
}

/** Agents' sessions; of the tokens only digests are kept. */
export class SqliteSessionStore implements SessionStore {
  private readonly statements;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.statements = {
      start: db.prepare(
        'INSERT INTO agent_sessions (id, agent_id, created_at, seen_at) VALUES (@id, @agentId, @now, @now)',
      ),
      get: db.prepare<[string], SessionRow>('SELECT * FROM agent_sessions WHERE id = ?'),
      touch: db.prepare('UPDATE agent_sessions SET seen_at = @now WHERE id = @id AND seen_at <= @now - @interval'),
      end: db.prepare('DELETE FROM agent_sessions WHERE id = ?'),
      prune: db.prepare('DELETE FROM agent_sessions WHERE created_at <= ? OR seen_at <= ?'),
    };
  }

  start(agentId: string): string {
    const token = randomBytes(32).toString('base64url');
    guarded(() => this.statements.start.run({ id: digest(token), agentId, now: this.clock() }));
    return token;
  }

  open(token: string): AgentSession | undefined {
    return this.get(digest(token));
  }

  get(id: string): AgentSession | undefined {
    const row = guarded(() => this.statements.get.get(id));
    if (!row) return undefined;
    const expiresAt = Math.min(row.created_at + SESSION_LIFETIME, row.seen_at + SESSION_IDLE);
    return expiresAt > this.clock() ? { id, agentId: row.agent_id, expiresAt } : undefined;
  }

  touch(id: string): void {
    guarded(() => this.statements.touch.run({ id, now: this.clock(), interval: TOUCH_INTERVAL }));
  }

  end(id: string): void {
    guarded(() => this.statements.end.run(id));
  }

  prune(): void {
    const now = this.clock();
    guarded(() => this.statements.prune.run(now - SESSION_LIFETIME, now - SESSION_IDLE));
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
