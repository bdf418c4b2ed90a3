import { RESUME_HOURS, type ResumableConversations } from '../domain';
import { guarded, type Sqlite } from './database';
import { ownerReader } from './owner';

const HOUR = 3600 * 1000;
/** The channel of local conversations. */
const CHANNEL = 'directline';

/** Reads from what is kept anyway which local conversations may be gone on in. */
export class SqliteResumableConversations implements ResumableConversations {
  private readonly find;
  private readonly owner;

  constructor(
    db: Sqlite,
    private readonly clock: () => number = Date.now,
  ) {
    this.owner = ownerReader(db);
    this.find = db.prepare<[{ id: string; userId: string; since: number; holder: string; keeper: string }], unknown>(
      `SELECT 1 FROM local_conversations AS c WHERE id = @id AND user_id = @userId
       AND (opened_at >= @since
         OR EXISTS (SELECT 1 FROM activities WHERE conversation_id = c.id AND at >= @since)
         OR EXISTS (SELECT 1 FROM alerts WHERE conversation = 'local:' || c.id)
         OR EXISTS (SELECT 1 FROM tickets WHERE conversation = 'local:' || c.id AND state <> 'closed')
         OR EXISTS (SELECT 1 FROM basket_lines WHERE channel = @keeper AND user_id = @holder)
         OR EXISTS (SELECT 1 FROM profiles WHERE channel = '${CHANNEL}' AND user_id = c.user_id))
       AND NOT EXISTS (
         SELECT 1 FROM local_conversations AS o JOIN activities AS a ON a.conversation_id = o.id
         WHERE o.user_id = c.user_id AND a.at >= c.opened_at
           AND iif(a.json = '', NULL, json_extract(a.json, '$.channelData.vitrine.remembers')) = 0
           AND json_extract(a.json, '$.from.role') = 'bot')`,
    );
  }

  isResumable(conversationId: string, userId: string): boolean {
    const since = this.clock() - RESUME_HOURS * HOUR;
    return guarded(() => {
      // Where a basket is shared, it is kept under another name.
      const { channel, userId: holder } = this.owner({ channel: CHANNEL, userId });
      return this.find.get({ id: conversationId, userId, since, keeper: channel, holder }) !== undefined;
    });
  }
}
