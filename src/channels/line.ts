import type { Activity } from 'botbuilder';
import type { ActivityJson, AnswerReferences, Outbox, Reply, ShopperLine } from '../domain';
import { isRecord } from './directline/activity';
import { replyActivity } from './outgoing';

export interface OutboxLineOptions {
  readonly outbox: Outbox;
  readonly references: AnswerReferences;
  /** The server's public address, without a slash at the end. */
  readonly publicUrl: string;
  readonly wake: (conversation: string) => void;
  /** Shows that somebody writes. */
  readonly typing: (conversation: string, answered: ActivityJson) => Promise<void>;
}

/** Writes to shoppers at any time, as the answer to the last that they sent. */
export class OutboxLine implements ShopperLine {
  constructor(private readonly options: OutboxLineOptions) {}

  write(conversation: string, { id, reply, from }: { id: string; reply: Reply; from?: string }): boolean {
    const { outbox, references, publicUrl } = this.options;
    const reference = references.get(conversation);
    if (reference === undefined) return false;
    const channelId = String(reference.channelId ?? '');
    const activity = replyActivity(reply, { channelId, publicUrl, ...(from !== undefined && { agent: from }) });
    if (activity !== undefined)
      outbox.add({ id, conversation, activity: { ...activity }, answers: named(reference, from) });
    return activity !== undefined;
  }

  wake(conversation: string): void {
    this.options.wake(conversation);
  }

  async typing(conversation: string, from: string): Promise<void> {
    const reference = this.options.references.get(conversation);
    if (reference !== undefined) await this.options.typing(conversation, named(reference, from));
  }
}

/** Of an activity what an answer needs. */
export function referenceOf(activity: Activity): Record<string, unknown> {
  const { id, channelId, serviceUrl, conversation, from, recipient, locale } = activity;
  return { id, channelId, serviceUrl, conversation, from, recipient, locale };
}

/** Who answers is who was written to: the bot, under another name. */
function named(reference: ActivityJson, name: string | undefined): ActivityJson {
  const recipient = isRecord(reference.recipient) ? reference.recipient : {};
  return name === undefined ? reference : { ...reference, recipient: { ...recipient, name } };
}
