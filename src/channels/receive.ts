import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes, DeliveryModes } from 'botbuilder';
import type { Request, Response } from 'express';
import { type Reply, VitrineError } from '../domain';
import type { ShopAdapter } from './adapter';
import type { TurnHandler } from './assistant-port';
import { withDeadline } from './deadline';
import { incomingMessage } from './incoming';
import { replyActivity } from './outgoing';
import type { TurnRunner } from './turns';

/** What `receiveRoute` needs. */
export interface ReceiveOptions {
  readonly adapter: ShopAdapter;
  readonly turns: TurnRunner;
  readonly assistant: TurnHandler;
  readonly publicUrl: string;
  /** Milliseconds. */
  readonly deadline: number;
  readonly apology: (locale: string | undefined) => string;
  /** What a shopper reads when too many messages wait. */
  readonly busy: (locale: string | undefined) => string;
  readonly onFault: (error: unknown) => void;
}

/**
 * Takes a validated activity of a Bot Framework channel: authenticates it, writes it to the inbox and acknowledges. The
 * answer is sent later. A channel that expects replies in the response gets them there.
 */
export async function receiveActivity(options: ReceiveOptions, request: Request, response: Response): Promise<void> {
  const { adapter, turns } = options;
  const activity = request.body as Activity;
  const result = await adapter.receive(request.headers.authorization ?? '', activity, async (context) => {
    if (activity.type === ActivityTypes.Invoke) return;
    if (activity.deliveryMode === DeliveryModes.ExpectReplies) {
      for (const said of await answerNow(options, activity)) await context.sendActivity(said);
      return;
    }
    if (incomingMessage(activity, '') === undefined) return;
    // A channel tries again; what it sends then is answered.
    if (turns.isStopping) throw new VitrineError('NOT_READY', 'The server stops.');
    const activityId = activity.id || randomUUID();
    const accepted = turns.accept({
      conversation: conversationKey(activity),
      messageId: activityId,
      activityId,
      activity: { ...activity },
      requestId: String(response.getHeader('x-request-id') ?? activityId),
    });
    if (accepted.kind === 'busy') {
      await context.sendActivity({
        type: ActivityTypes.Message,
        text: options.busy(activity.locale),
        textFormat: 'plain',
      });
    }
  });
  response.status(result?.status ?? 200);
  if (result?.body === undefined) response.end();
  else response.json(result.body);
}

/** Conversations of a channel have ids that are unique only there. */
function conversationKey(activity: Activity): string {
  return `${activity.channelId}:${activity.conversation.id}`;
}

async function answerNow(options: ReceiveOptions, activity: Activity): Promise<Partial<Activity>[]> {
  const { assistant, deadline, onFault, apology, publicUrl } = options;
  const message = incomingMessage(activity, conversationKey(activity));
  if (message === undefined) return [];
  const never = new AbortController().signal;
  let replies: readonly Reply[];
  try {
    replies = await withDeadline(deadline, never, (signal) =>
      assistant.handleTurn(message, signal, (_replies, save) => save()),
    );
  } catch (error) {
    onFault(error);
    replies = [{ language: 'en', text: apology(message.locale), cards: [], suggestions: [] }];
  }
  return replies.flatMap((reply) => replyActivity(reply, { channelId: message.channel, publicUrl }) ?? []);
}
