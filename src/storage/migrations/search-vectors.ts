/** What was searched, as vectors, for training by clicks; and how the ranking scored what it showed. */
export const SEARCH_VECTOR_TABLES = `
  ALTER TABLE impressions ADD COLUMN score REAL;
  CREATE TABLE search_vectors (
    channel TEXT NOT NULL, user_id TEXT NOT NULL, search_id TEXT NOT NULL, modality TEXT NOT NULL, encoder TEXT NOT NULL,
    space TEXT NOT NULL, vector BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (channel, user_id, search_id, modality)
  ) WITHOUT ROWID;
  CREATE INDEX search_vectors_at ON search_vectors (at);
`;
