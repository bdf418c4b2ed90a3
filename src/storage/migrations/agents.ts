/** Agents, their sessions, what they did, and their ready answers. */
export const AGENT_TABLES = `
  CREATE TABLE agents (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL,
    password_hash TEXT NOT NULL, totp_secret TEXT, totp_step INTEGER NOT NULL DEFAULT 0,
    disabled INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE agent_sessions (
    id TEXT PRIMARY KEY, agent_id TEXT NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX agent_sessions_agent ON agent_sessions (agent_id);
  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, agent_id TEXT, action TEXT NOT NULL,
    ticket_id TEXT, result TEXT NOT NULL, detail TEXT
  );
  CREATE INDEX audit_at ON audit (at);
  CREATE TABLE canned_replies (
    id TEXT PRIMARY KEY, shortcut TEXT NOT NULL UNIQUE, title TEXT NOT NULL, texts TEXT NOT NULL
  ) WITHOUT ROWID;
  `;
