/** Who shares a basket and likes with whom, and the codes that lead to that. */
export const PAIRING_TABLES = `
  CREATE TABLE shopper_links (
    channel TEXT NOT NULL, user_id TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (channel, user_id)
  ) WITHOUT ROWID;
  CREATE INDEX shopper_links_person ON shopper_links (person);
  CREATE TABLE pairing_codes (
    digest TEXT PRIMARY KEY, channel TEXT NOT NULL, user_id TEXT NOT NULL, conversation TEXT NOT NULL,
    until INTEGER NOT NULL, used INTEGER NOT NULL
  ) WITHOUT ROWID;
`;
