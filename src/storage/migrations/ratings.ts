/** What shoppers think of conversations that no person took part in. */
export const RATING_TABLES = `
  CREATE TABLE ratings (
    conversation TEXT NOT NULL, asked_at INTEGER NOT NULL, channel TEXT NOT NULL, user_id TEXT NOT NULL,
    language TEXT NOT NULL, score INTEGER NOT NULL, comment TEXT, PRIMARY KEY (conversation, asked_at)
  ) WITHOUT ROWID;
  CREATE INDEX ratings_asked ON ratings (asked_at);
`;
