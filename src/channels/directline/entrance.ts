import { randomUUID } from 'node:crypto';
import { VitrineError } from '../../domain';
import type { Acceptance, TurnRunner } from '../turns';
import { isRecord, LOCAL, type WireActivity } from './activity';
import { BOT } from './connector';
import type { Conversations } from './conversations';
import type { Grant } from './tokens';

/** Takes what shoppers of local conversations send: the echo and the inbox's row are written together. */
export class Entrance {
  constructor(
    private readonly conversations: Conversations,
    private readonly turns: TurnRunner,
    private readonly clock: () => Date,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Starts a conversation, with its greeting to come. False when it exists. Throws BUSY. */
  open(grant: Grant, locale: string | undefined, requestId: string): boolean {
    const { conversationId, userId } = grant;
    if (this.conversations.exists(conversationId)) return false;
    const opened = {
      type: 'conversationUpdate',
      membersAdded: [{ id: userId }],
      ...(locale !== undefined && { locale }),
    };
    const activity = this.addressed(grant, { ...opened, id: randomUUID(), timestamp: this.clock().toISOString() });
    const message = { conversation: LOCAL + conversationId, messageId: 'opened', requestId };
    const accepted = this.turns.accept({ ...message, activity, activityId: String(activity.id) }, () =>
      this.conversations.open(conversationId, userId),
    );
    if (accepted.kind === 'busy') throw busy();
    return accepted.kind === 'accepted';
  }

  /**
   * Takes a message; returns its id. A message that the client sends again, because it did not hear that it arrived, is
   * recognised by its `clientActivityID` and answered once. Throws BUSY, and CONVERSATION_UNKNOWN when the conversation was
   * erased meanwhile.
   */
  take(grant: Grant, sent: WireActivity, requestId: string): string {
    const { conversationId, userId } = grant;
    const stamped = this.conversations.stamp(conversationId, { id: userId, role: 'user' }, sent);
    const clientId = isRecord(sent.channelData) ? sent.channelData.clientActivityID : undefined;
    const accepted = this.accept(
      {
        conversation: LOCAL + conversationId,
        messageId: typeof clientId === 'string' ? `client:${clientId.slice(0, 200)}` : stamped.id,
        activityId: stamped.id,
        activity: this.addressed(grant, stamped),
        requestId,
      },
      () => this.conversations.store(conversationId, stamped),
    );
    if (accepted.kind === 'busy') throw busy();
    if (accepted.kind === 'accepted') this.conversations.announce(conversationId);
    return accepted.activityId;
  }

  /** Clients show only refusals (4xx): a message that could not be written is refused like one too many. */
  private accept(...parameters: Parameters<TurnRunner['accept']>): Acceptance {
    try {
      return this.turns.accept(...parameters);
    } catch (error) {
      // It was erased after the token was looked at.
      if (error instanceof VitrineError && error.code === 'CONVERSATION_UNKNOWN') throw error;
      this.onFault(error);
      throw busy();
    }
  }

  private addressed({ conversationId, userId }: Grant, activity: WireActivity): WireActivity {
    return {
      ...activity,
      channelId: 'directline',
      conversation: { id: conversationId },
      from: { id: userId, role: 'user' },
      recipient: { ...BOT },
    };
  }
}

function busy(): VitrineError {
  return new VitrineError('BUSY', 'Too many messages are waiting.');
}
