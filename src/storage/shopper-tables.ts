import { SHARED_CHANNEL } from './owner';

/** How a table holds what belongs to shoppers. */
export interface ShopperTable {
  /**
   * The rows of a scope, in SQL. Lists are JSON: `@keys`, ids of conversations over all channels; `@local`, those of local
   * conversations without what their ids begin with. `@channel` and `@userId` are the shopper's, or null.
   */
  readonly rows: string;
  /** Columns that hold JSON. */
  readonly json?: readonly string[];
  /** Of these rows, what goes though messages wait for answers in the conversations `@waiting`; all, where it is missing. */
  readonly goes?: string;
}

const list = (name: string) => `(SELECT value FROM json_each(@${name}))`;
const OF_SHOPPER = 'channel = @channel AND user_id = @userId';
/** What shoppers share is kept under the name of its owner. */
const SHARED = 'SELECT person FROM shopper_links WHERE channel = @channel AND user_id = @userId';
const OF_SHOPPER_OR_OWNER = `(${OF_SHOPPER}) OR (channel = '${SHARED_CHANNEL}' AND user_id IN (${SHARED}))`;
const TICKET_OF_SHOPPER = "json_extract(json, '$.channel') = @channel AND json_extract(json, '$.userId') = @userId";
const OF_CONVERSATION = `conversation IN ${list('keys')}`;
const OF_LOCAL = `conversation_id IN ${list('local')}`;

/** Tables with what shoppers said, sent and did: an export reads them, an erase empties them. */
export const SHOPPER_TABLES: Readonly<Record<string, ShopperTable>> = {
  conversations: { rows: `id IN ${list('keys')}`, json: ['state'] },
  conversation_shoppers: {
    rows: `${OF_CONVERSATION} OR (${OF_SHOPPER})`,
    goes: `conversation NOT IN ${list('waiting')}`,
  },
  local_conversations: { rows: `id IN ${list('local')}`, goes: `'local:' || id NOT IN ${list('waiting')}` },
  activities: { rows: OF_LOCAL, json: ['json'], goes: `'local:' || conversation_id NOT IN ${list('waiting')}` },
  inbox: { rows: OF_CONVERSATION, json: ['activity'], goes: 'done_at IS NOT NULL' },
  // An answer that its channel did not take at once is no longer on its way.
  outbox: { rows: OF_CONVERSATION, json: ['activity', 'answers'], goes: 'attempts > 0' },
  // The hub has what was sent to it; what was not is not sent any more.
  hub_outbox: { rows: OF_CONVERSATION, json: ['activity', 'answers'] },
  // Each row goes with its file.
  attachments: { rows: OF_CONVERSATION, goes: 'FALSE' },
  tickets: { rows: `${OF_CONVERSATION} OR (${TICKET_OF_SHOPPER})`, json: ['json'] },
  console_events: { rows: OF_CONVERSATION, json: ['ticket'] },
  transcript: { rows: OF_CONVERSATION, json: ['json'] },
  answer_references: { rows: OF_CONVERSATION, json: ['json'] },
  profiles: { rows: OF_SHOPPER },
  profile_events: { rows: OF_SHOPPER_OR_OWNER },
  impressions: { rows: OF_SHOPPER },
  search_vectors: { rows: OF_SHOPPER },
  basket_lines: { rows: OF_SHOPPER_OR_OWNER },
  ratings: { rows: `${OF_CONVERSATION} OR (${OF_SHOPPER})` },
  alerts: { rows: `${OF_CONVERSATION} OR (${OF_SHOPPER})` },
  pairing_codes: { rows: OF_SHOPPER },
  // Last: what is shared is found by them.
  shopper_links: { rows: `person IN (${SHARED})` },
};

/** Where a shopper's id is looked for: tables with the columns `channel` and `user_id`. */
export const KNOWN_SHOPPERS: readonly string[] = [
  'conversation_shoppers',
  'profiles',
  'profile_events',
  'impressions',
  'search_vectors',
  'basket_lines',
  'pairing_codes',
  'shopper_links',
  'ratings',
  'alerts',
];

/** Tables without anything of shoppers, and why. */
export const OTHER_TABLES: Readonly<Record<string, string>> = {
  products: 'the catalogue',
  pictures: 'of products',
  checkpoints: 'how far feeds were read',
  bids: 'what merchants pay',
  stock_notices: 'products of which purchasing was told',
  agents: 'who may sign in to the console',
  agent_sessions: 'of agents',
  audit: 'what agents did, by ids of tickets; never a shopper’s id or words',
  canned_replies: 'ready answers',
  vectors: 'of texts and pictures of products; what shoppers say and send is encoded without it',
};
