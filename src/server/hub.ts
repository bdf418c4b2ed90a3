import { type Request, Router } from 'express';
import { z } from 'zod';
import { jsonBody } from '../channels';
import { type DeskResult, HUB_STATES, type OutsideHub, type ShopperLine, VitrineError } from '../domain';
import { checked, line, someText } from './agent/fields';
import { onlyWith } from './bearer';
import { hubLimit } from './limits';

const BODY_LIMIT = 64 * 1024;
const id = line(200);
/** A name that is empty is none. */
const name = z.preprocess((given) => given || undefined, line(60).optional());
const from = z.object({ name }).nullish();

const STATUS = z.object({
  type: z.literal('event'),
  name: z.literal('handoff.status'),
  id,
  from,
  value: z.object({ state: z.enum(HUB_STATES), message: someText.nullish(), ticketId: id.nullish() }),
});
const MESSAGE = z.object({
  type: z.literal('message'),
  id,
  from,
  text: someText,
  // What would not reach the shopper is refused, so that the hub's agent knows.
  attachments: z.array(z.unknown()).max(0).nullish(),
});
const TYPING = z.object({ type: z.literal('typing'), from });
const ENDED = z.object({ type: z.literal('endOfConversation'), id, from });
const ACTIVITY = z.discriminatedUnion('type', [STATUS, MESSAGE, TYPING, ENDED]);

/** What `hubRoute` needs. */
export interface HubRouteDeps {
  readonly side: Omit<OutsideHub, 'unreachable'>;
  /** Bearer token of the hub; not empty. */
  readonly secret: string;
  /** In whose name an agent without a name speaks. */
  readonly shopName: string;
  readonly line: Pick<ShopperLine, 'typing'>;
}

/**
 * Where an outside hub answers, by the paths of a Bot Framework connector: its messages to shoppers, typing, and
 * `handoff.status` events with `value: {state: 'accepted' | 'failed' | 'completed', message?, ticketId?}`;
 * `endOfConversation` is taken as completed. Each activity needs an id: what comes again with the same one is done once.
 * Answers UNAUTHORISED, MESSAGE_INVALID, MESSAGE_TOO_LARGE, CONVERSATION_UNKNOWN, or CONFLICT where the conversation's state
 * does not allow it.
 */
export function hubRoute({ side, secret, shopName, line: shoppers }: HubRouteDeps): Router {
  const router = Router();
  router.use(hubLimit(), onlyWith(secret, 'HANDOFF_HUB_SECRET'), jsonBody(BODY_LIMIT));
  const path = '/v3/conversations/:conversation/activities';
  router.post([path, `${path}/:answered`], async (request: Request<{ conversation: string }>, response) => {
    const { conversation } = request.params;
    const activity = checked(ACTIVITY, request.body);
    const agent = activity.from?.name ?? shopName;
    if (activity.type === 'typing') {
      if (side.owns(conversation)) await shoppers.typing(conversation, agent);
      response.json({});
      return;
    }
    done(take(conversation, activity, agent));
    response.json({ id: activity.id });
  });
  return router;

  function take(
    conversation: string,
    activity: Exclude<z.output<typeof ACTIVITY>, { type: 'typing' }>,
    agent: string,
  ): DeskResult {
    const said = { id: activity.id, from: agent };
    if (activity.type === 'message') return side.say(conversation, { ...said, text: activity.text });
    if (activity.type === 'endOfConversation') return side.status(conversation, { ...said, state: 'completed' });
    const { state, message, ticketId } = activity.value;
    return side.status(conversation, { ...said, state, message: message ?? '', ticketId: ticketId ?? undefined });
  }
}

function done(result: DeskResult): void {
  if (result.ok) return;
  if (result.reason === 'unknown') throw new VitrineError('CONVERSATION_UNKNOWN', 'There is no such conversation.');
  const message =
    result.reason === 'unreachable' ? 'It is not known where to send it.' : 'The ticket’s state does not allow it.';
  throw new VitrineError('CONFLICT', message);
}
