import type { AgentNames } from './domain';
import {
  type Sqlite,
  SqliteAgentStore,
  SqliteAuditLog,
  SqliteCannedReplyStore,
  SqliteSessionStore,
  SqliteTicketStatistics,
} from './storage';

/** What the agent console and "vitrine agent" keep. */
export function createAgents(db: Sqlite, clock: () => number) {
  const agents = new SqliteAgentStore(db, clock);
  const names: AgentNames = {
    nameOf: (id) => {
      const agent = agents.get(id);
      return agent && !agent.isDisabled ? agent.displayName : undefined;
    },
  };
  return {
    agents,
    names,
    sessions: new SqliteSessionStore(db, clock),
    audit: new SqliteAuditLog(db, clock),
    cannedReplies: new SqliteCannedReplyStore(db),
    statistics: new SqliteTicketStatistics(db),
  };
}
