import type { FlowResult } from '../dialog';
import type { IncomingMessage, RatingStore } from '../domain';

/** Writes what a turn says of the service. To be called within the turn's transaction. */
export function writeRating(ratings: RatingStore, message: IncomingMessage, { rating, outcome }: FlowResult): void {
  const { conversationId, channel, userId } = message;
  if (rating?.kind === 'comment') ratings.comment(conversationId, rating.askedAt, rating.text);
  if (rating?.kind !== 'rate') return;
  const { askedAt, score } = rating;
  ratings.rate({ conversationId, channel, userId, askedAt, score, language: outcome.language });
}
