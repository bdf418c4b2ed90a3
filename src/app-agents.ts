import { type Sqlite, SqliteAgentStore, SqliteAuditLog, SqliteCannedReplyStore, SqliteSessionStore } from './storage';

/** What the agent console and "vitrine agent" keep. */
export function agentStores(db: Sqlite, clock: () => number) {
  return {
    agents: new SqliteAgentStore(db, clock),
    sessions: new SqliteSessionStore(db, clock),
    audit: new SqliteAuditLog(db, clock),
    cannedReplies: new SqliteCannedReplyStore(db),
  };
}
