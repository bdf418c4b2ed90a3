/** What an outside hub has yet to be told; see `outbox`. */
export const HUB_TABLES = `
  CREATE TABLE hub_outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL,
    activity TEXT NOT NULL, answers TEXT NOT NULL, attempts INTEGER NOT NULL
  );
  CREATE INDEX hub_outbox_conversation ON hub_outbox (conversation, sequence);
`;
