import type { App } from '../../../src/app';
import type { CardAction, IncomingMessage, Reply } from '../../../src/domain';

let conversations = 0;

/** The id of the conversation that was begun last. */
export const lastConversation = (): string => `test:${conversations}`;

/** One shopper's conversation on an app. */
export function shopper(app: App, locale = 'en', userId = 'u') {
  conversations += 1;
  const conversationId = `test:${conversations}`;
  return async (text: string, action?: CardAction): Promise<Reply> => {
    const message: IncomingMessage = {
      channel: 'test',
      conversationId,
      userId,
      text,
      locale,
      kind: 'message',
      hasAttachments: false,
      ...(action && { action }),
    };
    const [reply] = await app.assistant.handleTurn(message, new AbortController().signal);
    if (!reply) throw new Error('no reply');
    return reply;
  };
}
