import { randomUUID } from 'node:crypto';
import { type Activity, ActivityTypes, DeliveryModes } from 'botbuilder';
import type { Request, Response } from 'express';
import {
  type AnswerReferences,
  type CommitTurn,
  type IncomingMessage,
  type Reply,
  type Transactions,
  VitrineError,
} from '../domain';
import type { ShopAdapter } from './adapter';
import type { TurnHandler } from './assistant-port';
import { deadlineFor, withDeadline } from './deadline';
import { incomingMessage } from './incoming';
import { referenceOf } from './line';
import { replyActivity } from './outgoing';
import type { TurnRunner } from './turns';

/** What `receiveActivity` needs. */
export interface ReceiveOptions {
  readonly adapter: ShopAdapter;
  readonly turns: TurnRunner;
  readonly assistant: TurnHandler;
  readonly references: AnswerReferences;
  readonly transactions: Transactions;
  readonly publicUrl: string;
  /** Milliseconds; see `deadlineFor`. */
  readonly deadline: number;
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
    const conversation = conversationKey(activity);
    const message = incomingMessage(activity, conversation);
    if (message === undefined) return;
    const send = async (replies: readonly Reply[]): Promise<void> => {
      const channel = { channelId: message.channel, publicUrl: options.publicUrl };
      for (const said of replies.flatMap((reply) => replyActivity(reply, channel) ?? [])) {
        await context.sendActivity(said);
      }
    };
    if (activity.deliveryMode === DeliveryModes.ExpectReplies) {
      await send(await answerNow(options, message, activity));
      return;
    }
    // A channel tries again; what it sends then is answered.
    if (turns.isStopping) throw new VitrineError('NOT_READY', 'The server stops.');
    const activityId = activity.id || randomUUID();
    const accepted = turns.accept({
      conversation,
      messageId: activityId,
      activityId,
      activity: { ...activity },
      requestId: String(response.getHeader('x-request-id') ?? activityId),
    });
    if (accepted.kind === 'busy') await send([options.assistant.say('busy', message)]);
  });
  response.status(result?.status ?? 200);
  if (result?.body === undefined) response.end();
  else response.json(result.body);
}

/** Conversations of a channel have ids that are unique only there; none of these keys is a local conversation's. */
function conversationKey({ channelId, conversation }: Activity): string {
  return `channel:${encodeURIComponent(channelId ?? '')}:${conversation.id}`;
}

async function answerNow(
  { assistant, deadline, onFault, references, transactions }: ReceiveOptions,
  message: IncomingMessage,
  activity: Activity,
): Promise<readonly Reply[]> {
  const never = new AbortController().signal;
  const commit: CommitTurn = (_replies, save) =>
    transactions.atomically(() => {
      if (!save()) return false;
      references.set(message.conversationId, referenceOf(activity));
      return true;
    });
  try {
    return await withDeadline(deadlineFor(message, deadline), never, (signal) =>
      assistant.handleTurn(message, signal, commit),
    );
  } catch (error) {
    onFault(error);
    return apologise();
  }

  /** Where not even that can be written, it is said all the same. */
  function apologise(): readonly Reply[] {
    try {
      return assistant.apologise(message, commit);
    } catch (error) {
      onFault(error);
      return [assistant.say('apology', message)];
    }
  }
}
