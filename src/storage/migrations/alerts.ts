/** What shoppers want to be told of, and which products purchasing was told of. */
export const ALERT_TABLES = `
  CREATE TABLE alerts (
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL, channel TEXT NOT NULL, user_id TEXT NOT NULL,
    product_id TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL,
    target_minor INTEGER, target_currency TEXT, times INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL, UNIQUE (conversation, user_id, product_id, kind)
  ) WITHOUT ROWID;
  CREATE INDEX alerts_shopper ON alerts (user_id, channel);
  CREATE INDEX alerts_product ON alerts (product_id) WHERE state <> 'told';
  CREATE INDEX alerts_at ON alerts (at);
  CREATE TABLE stock_notices (
    product_id TEXT PRIMARY KEY, delivery TEXT NOT NULL, quantity INTEGER, at INTEGER NOT NULL, sent_at INTEGER
  ) WITHOUT ROWID;
`;
