import type { AssistantOptions } from './assistant';
import { encodeOrGoOn, People, Purchases } from './assistant';
import type { Config } from './config';
import {
  type AgentNames,
  type AttachmentStore,
  type HubLine,
  type Money,
  minorDigits,
  type ProductStore,
  type ProfileStore,
  type SentimentClassifier,
  type ShopperLine,
  type TextEncoder,
  type TurnObserver,
} from './domain';
import { Handoff, type HandoffSettings } from './handoff';
import { agentCards, noticeReply, type RenderTools } from './reply';
import {
  type Sqlite,
  SqliteAnswerReferences,
  SqliteOutbox,
  SqliteTicketStore,
  SqliteTransactions,
  SqliteTranscriptStore,
} from './storage';
import { readClassifier, TrainedSentiment, WordFinder } from './understanding';

const MINUTE = 60_000;

/** What hand-off is made of. */
export interface PeopleParts {
  readonly config: Config;
  readonly db: Sqlite;
  readonly clock: () => number;
  readonly profiles: ProfileStore;
  readonly products: ProductStore;
  readonly attachments: AttachmentStore;
  readonly render: RenderTools;
  readonly observer: TurnObserver;
  readonly encoder: TextEncoder | undefined;
  /** An amount in the shop's currency, in its minor units; undefined for a currency without a rate. */
  readonly worth: (amount: Money) => number | undefined;
  readonly agents: AgentNames | undefined;
  /** In the place of the trained one. */
  readonly sentiment: SentimentClassifier | undefined;
}

/** Wires hand-off: storage, the console's desk, and what turns ask of it. */
export function createPeople(parts: PeopleParts) {
  const { config, db, clock, products, render, observer } = parts;
  const tickets = new SqliteTicketStore(db, clock);
  const transcripts = new SqliteTranscriptStore(db);
  /** The way to shoppers, and to a hub; set by what serves. */
  const line: { current: ShopperLine | undefined } = { current: undefined };
  const hub: { current: HubLine | undefined } = { current: undefined };
  const handoff = new Handoff({
    tickets,
    transcripts,
    transactions: new SqliteTransactions(db),
    clock,
    line,
    hub,
    settings: settingsOf(config),
    // Without names of their own agents speak for the shop.
    names: parts.agents ?? { nameOf: () => config.SHOP_NAME },
    attachments: parts.attachments,
    cards: (ids, language) => agentCards(products.getMany(ids), language, render),
    marked: (text, language) => render.translator.text(language, 'person.translated', { text }),
    say: (notice, language) => noticeReply(notice, language, render),
    onFault: (error) => observer.fault(error),
  });
  const purchases = new Purchases({ ...parts, worth: (amount) => unitsOf(parts.worth(amount), config.CURRENCY) });
  const complaints = new WordFinder(config.HANDOFF_COMPLAINT_WORDS);
  const vips = new Set(config.HANDOFF_VIPS);
  const people = new People({
    shoppers: handoff.shoppers,
    clock,
    policy: {
      orderValue: config.HANDOFF_ORDER_VALUE,
      complains: (text) => complaints.isIn(text),
      isVip: ({ channel, userId }) => vips.has(userId) || vips.has(`${channel}:${userId}`),
      bought: (shopper) => purchases.valueOf(shopper),
    },
  });
  return {
    tickets,
    transcripts,
    references: new SqliteAnswerReferences(db),
    line,
    hub,
    hubOutbox: new SqliteOutbox(db, 'hub_outbox'),
    handoff,
    people,
    mood: moodOf({ ...parts, sentiment: parts.sentiment ?? servingSentiment(config) }),
  };
}

/** The trained classifier of moods, where it is wanted. Throws MODEL_CORRUPT. */
function servingSentiment(config: Config): SentimentClassifier | undefined {
  if (config.HANDOFF === 'off' || config.HANDOFF_SENTIMENT === 'off' || config.MODELS === 'none') return undefined;
  const classifier = readClassifier(config, 'sentiment');
  return classifier && new TrainedSentiment(classifier);
}

/** How negative words are, by the classifier and the words' vector; without a classifier it is not told. */
function moodOf({ sentiment, encoder, observer }: PeopleParts): NonNullable<AssistantOptions['mood']> | undefined {
  if (!sentiment) return undefined;
  const fitting = encoder?.space === sentiment.space ? encoder : undefined;
  return async (text, language, signal) => {
    const vector = fitting && (await encodeOrGoOn(fitting, { text, language }, signal, observer));
    return sentiment.classify(text, language, vector).scores.negative;
  };
}

function settingsOf(config: Config): HandoffSettings {
  return {
    mode: config.HANDOFF,
    assignment: config.HANDOFF_ASSIGNMENT,
    capacity: config.AGENT_CAPACITY,
    hours: config.HANDOFF_HOURS,
    queueReminder: config.HANDOFF_QUEUE_MINUTES * MINUTE,
    answerWithin: config.HANDOFF_ANSWER_MINUTES * MINUTE,
    lostAfter: config.HANDOFF_LOST_MINUTES * MINUTE,
    wrapUp: config.HANDOFF_WRAP_UP_MINUTES * MINUTE,
    shopperSilence: config.HANDOFF_SILENCE_MINUTES * MINUTE,
  };
}

function unitsOf(minor: number | undefined, currency: string): number | undefined {
  return minor === undefined ? undefined : minor / 10 ** minorDigits(currency);
}
