/** How old things are, so that they can be forgotten in time, and who takes part in which conversation. */
export const PRIVACY_TABLES = `
  ALTER TABLE activities ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
  UPDATE activities SET at = CAST(1000 * coalesce(
    unixepoch(iif(json = '', NULL, json_extract(json, '$.timestamp')), 'subsec'), unixepoch()) AS INTEGER);
  CREATE INDEX activities_at ON activities (at);
  ALTER TABLE local_conversations ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
  UPDATE local_conversations SET opened_at = coalesce(
    (SELECT min(at) FROM activities WHERE conversation_id = id), unixepoch() * 1000);
  CREATE INDEX local_conversations_user ON local_conversations (user_id);
  CREATE INDEX local_conversations_opened ON local_conversations (opened_at);
  ALTER TABLE conversations ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
  UPDATE conversations SET at = unixepoch() * 1000;
  CREATE INDEX conversations_at ON conversations (at);
  CREATE TABLE conversation_shoppers (
    conversation TEXT NOT NULL, channel TEXT NOT NULL, user_id TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (conversation, channel, user_id)
  ) WITHOUT ROWID;
  CREATE INDEX conversation_shoppers_user ON conversation_shoppers (user_id, channel);
  CREATE INDEX conversation_shoppers_at ON conversation_shoppers (at);
  INSERT INTO conversation_shoppers
    SELECT 'local:' || id, 'directline', user_id, unixepoch() * 1000 FROM local_conversations;
  INSERT OR IGNORE INTO conversation_shoppers
    SELECT conversation, coalesce(json_extract(activity, '$.channelId'), ''), json_extract(activity, '$.from.id'),
      unixepoch() * 1000
    FROM inbox WHERE done_at IS NULL AND json_extract(activity, '$.from.id') IS NOT NULL;
`;
