/** Hours after the last activity for which a conversation goes on when its shopper comes back, with nothing kept in it. */
export const RESUME_HOURS = 12;

/** Which conversations of the shop's own page go on when their browser comes back. */
export interface ResumableConversations {
  /**
   * Is it there, of this user, and to be gone on in? It is for `RESUME_HOURS` after its last activity, and longer while the
   * shopper has an alert (also one that was told), a basket, a person to wait for or a consent to be remembered; not once
   * the shopper asked to be forgotten.
   */
  isResumable(conversationId: string, userId: string): boolean;
}
