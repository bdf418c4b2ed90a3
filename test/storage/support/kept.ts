import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ShopperId, Ticket } from '../../../src/domain';
import {
  FileAttachmentStore,
  openDatabase,
  SqliteActivityLog,
  SqliteAlertStore,
  SqliteAnswerReferences,
  SqliteBasketStore,
  SqliteConversationStore,
  SqliteInbox,
  SqliteOutbox,
  SqlitePairingStore,
  SqlitePrivacyStore,
  SqliteProfileStore,
  SqliteRatingStore,
  SqliteTicketStore,
  SqliteTranscriptStore,
} from '../../../src/storage';

/** All stores of a data directory that hold something of shoppers. */
export function storesOf(dir: string, clock: () => number) {
  const db = openDatabase(dir);
  return {
    db,
    conversations: new SqliteConversationStore(db, clock),
    activities: new SqliteActivityLog(db, clock),
    inbox: new SqliteInbox(db, clock),
    outbox: new SqliteOutbox(db),
    hubOutbox: new SqliteOutbox(db, 'hub_outbox'),
    attachments: new FileAttachmentStore(db, join(dir, 'attachments'), clock),
    profiles: new SqliteProfileStore(db, clock),
    baskets: new SqliteBasketStore(db, clock),
    pairing: new SqlitePairingStore(db, clock),
    ratings: new SqliteRatingStore(db),
    alerts: new SqliteAlertStore(db, clock),
    tickets: new SqliteTicketStore(db, clock),
    transcript: new SqliteTranscriptStore(db),
    references: new SqliteAnswerReferences(db),
    privacy: new SqlitePrivacyStore(db, clock),
  };
}

export type Stores = ReturnType<typeof storesOf>;

/** A message that waits for its turn. */
export function waits(
  { inbox, activities }: Stores,
  { userId }: ShopperId,
  local: string,
  id: string,
  text: string,
): void {
  const activity = { id, text, channelId: 'directline', from: { id: userId } };
  activities.append(local, activity);
  inbox.add({ conversation: `local:${local}`, messageId: id, activityId: id, activity, requestId: 'r' });
}

/** One row or more of a shopper in every table; the words of all of them are `words`. */
export async function fill(
  stores: Stores,
  shopper: ShopperId,
  local: string,
  words: string,
  now: number,
): Promise<void> {
  const { inbox, activities, outbox, hubOutbox, conversations, profiles, tickets, transcript, references } = stores;
  const conversation = `local:${local}`;
  activities.open(local, shopper.userId);
  waits(stores, shopper, local, `${words}-1`, `${words} first`);
  const { sequence = 0 } = inbox.next(conversation) ?? {};
  const answers = { id: `${words}-1`, from: { id: shopper.userId } };
  inbox.done(sequence);
  conversations.save(conversation, { version: 1, language: 'en', lastSearch: { text: words } }, 0, shopper);
  outbox.add({ id: randomBytes(8).toString('hex'), conversation, activity: { text: `re: ${words}` }, answers });
  const told = { text: `for the hub: ${words}`, timestamp: new Date(now).toISOString() };
  hubOutbox.add({ id: randomBytes(8).toString('hex'), conversation, activity: told, answers: { ticketId: '' } });
  references.set(conversation, answers);
  await stores.attachments.put(conversation, {
    bytes: Buffer.from(`${words} photo`),
    contentType: 'image/webp',
    name: `${words}.webp`,
  });
  stores.baskets.set(shopper, [{ productId: `${words}-mug`, quantity: 2 }]);
  stores.ratings.rate({ ...shopper, conversationId: conversation, askedAt: now, language: 'en', score: 4 });
  stores.ratings.comment(conversation, now, words);
  stores.alerts.put(
    { ...shopper, conversationId: conversation },
    { kind: 'stock', productId: `${words}-mug`, language: 'en', state: 'waiting' },
  );
  profiles.giveConsent(shopper);
  profiles.record(shopper, { productId: `${words}-mug`, kind: 'like', at: now });
  profiles.show(shopper, {
    searchId: `${words}-search`,
    before: 0,
    placements: [{ productId: `${words}-mug`, sponsored: false, score: 0.5 }],
    query: { words: { encoder: `${words}-encoder`, space: 'test', vector: Float32Array.of(0.6, 0.8) } },
  });
  const other = { channel: shopper.channel, userId: `${words}-phone` };
  const code = (digest: string) => ({ digest: digest.padEnd(64, '0'), shopper, conversation, until: now + 600_000 });
  stores.pairing.keepCode(code(`${words}-used`));
  stores.pairing.join(code(`${words}-used`).digest, other, stores.baskets.lines(shopper));
  stores.pairing.keepCode(code(`${words}-open`));
  const ticket: Ticket = {
    id: `${words}-ticket`,
    conversationId: conversation,
    ...shopper,
    state: 'queued',
    version: 1,
    reason: 'asked',
    language: 'en',
    topic: '',
    preview: words,
    tags: [],
    openedAt: now,
    since: now,
  };
  tickets.insert(ticket);
  const said = { conversationId: conversation, at: now, speaker: 'shopper', text: words } as const;
  tickets.tell(ticket, transcript.append({ ...said, id: `${words}-entry` }));
}
