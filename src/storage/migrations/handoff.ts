/** Tickets, what is told of them to consoles, what was said in all conversations, and where to answer each. */
export const HANDOFF_TABLES = `
  CREATE TABLE tickets (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL, state TEXT NOT NULL,
    version INTEGER NOT NULL, opened_at INTEGER NOT NULL, assigned_at INTEGER, closed_at INTEGER, json TEXT NOT NULL
  );
  CREATE UNIQUE INDEX tickets_open ON tickets (conversation) WHERE state <> 'closed';
  CREATE INDEX tickets_conversation ON tickets (conversation, opened_at);
  CREATE INDEX tickets_state ON tickets (state, opened_at);
  CREATE INDEX tickets_assigned ON tickets (assigned_at) WHERE assigned_at IS NOT NULL;
  CREATE INDEX tickets_closed ON tickets (closed_at) WHERE closed_at IS NOT NULL;
  CREATE TABLE transcript (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, conversation TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL,
    speaker TEXT NOT NULL, private INTEGER NOT NULL, json TEXT NOT NULL, UNIQUE (conversation, id)
  );
  CREATE INDEX transcript_conversation ON transcript (conversation, sequence);
  CREATE INDEX transcript_speaker ON transcript (conversation, speaker, sequence);
  CREATE INDEX transcript_at ON transcript (at);
  CREATE TABLE console_events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, ticket_id TEXT NOT NULL, conversation TEXT NOT NULL, at INTEGER NOT NULL,
    ticket TEXT, entry INTEGER
  );
  CREATE INDEX console_events_conversation ON console_events (conversation);
  CREATE INDEX console_events_at ON console_events (at);
  CREATE TABLE answer_references (conversation TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
`;
