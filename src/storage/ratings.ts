import type { Rating, RatingStore } from '../domain';
import { guarded, type Sqlite } from './database';

/** Ratings of conversations without a person. */
export class SqliteRatingStore implements RatingStore {
  private readonly statements;

  constructor(db: Sqlite) {
    this.statements = {
      rate: db.prepare<[Rating]>(
        `INSERT INTO ratings (conversation, asked_at, channel, user_id, language, score)
         VALUES (@conversationId, @askedAt, @channel, @userId, @language, @score)
         ON CONFLICT (conversation, asked_at) DO UPDATE SET score = excluded.score`,
      ),
      comment: db.prepare<[string, string, number]>(
        'UPDATE ratings SET comment = ? WHERE conversation = ? AND asked_at = ?',
      ),
    };
  }

  rate(rating: Rating): void {
    guarded(() => this.statements.rate.run(rating));
  }

  comment(conversationId: string, askedAt: number, text: string): void {
    guarded(() => this.statements.comment.run(text, conversationId, askedAt));
  }
}
