import { type DialogOutcome, isPlainChannel, type PlainReply, plainReply, type Reply } from '../domain';
import type { RenderTools } from '../reply';

/** The reply as its channel can show it, and what the numbers in it mean. */
export function forChannel(
  reply: Reply,
  outcome: DialogOutcome,
  channel: string,
  { translator }: Pick<RenderTools, 'translator'>,
): PlainReply {
  if (!isPlainChannel(channel)) return { reply, numbers: [] };
  const compared = outcome.kind === 'compared' ? outcome.items.map(({ product }) => product.id) : [];
  return plainReply(reply, { hint: translator.text(reply.language, 'manners.numbers'), compared });
}
