import { randomUUID } from 'node:crypto';
import type { ConversationState, FlowResult, Turn, TurnPhoto, TurnVoice } from '../dialog';
import type {
  HandoffChange,
  IncomingMessage,
  MediaSource,
  NewTranscriptEntry,
  PersonOutcome,
  PersonSaid,
  Reply,
  TranscriptFile,
} from '../domain';
import { calledBy, GIVES_UP_AFTER, MOODS, type PolicySettings, type ShopperSide, shownProduct } from '../handoff';

/** Outcomes that help nobody. */
const FAILURES: ReadonlySet<FlowResult['outcome']['kind']> = new Set(['nothing', 'noMore', 'unheard']);

export interface PeopleOptions {
  readonly shoppers: ShopperSide;
  readonly policy: PolicySettings & {
    /** Does a text hold a word of a complaint? */
    readonly complains: (text: string) => boolean;
    readonly isVip: (shopper: Pick<IncomingMessage, 'channel' | 'userId'>) => boolean;
    /** What a shopper bought, in the shop's currency. */
    readonly bought: (shopper: Pick<IncomingMessage, 'channel' | 'userId'>) => number;
  };
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What the shopper sent, and what became of its photos and voice notes. */
export interface Sent {
  readonly message: IncomingMessage;
  readonly photo?: TurnPhoto | undefined;
  readonly voice?: TurnVoice | undefined;
}

/** Where turns meet hand-off: who owns the conversation, when a person is called, and what was said for whoever reads it. */
export class People {
  constructor(private readonly options: PeopleOptions) {}

  isOwned(conversationId: string): boolean {
    return this.options.shoppers.isOwned(conversationId);
  }

  view(conversationId: string): Turn['person'] {
    return this.options.shoppers.view(conversationId);
  }

  /** Gives the message to the person who owns the conversation; false when nobody does. To be called in a transaction. */
  forward(sent: Sent): boolean {
    const { kind, conversationId } = sent.message;
    return kind === 'opened' ? this.isOwned(conversationId) : this.options.shoppers.forward(this.entryOf(sent));
  }

  /**
   * The result with what policies add: a person who is called for a complaint, in the answer's place, or beside it for a VIP; the
   * offer of one to an angry shopper, in the answer's place but beside products that were found, and beside the answer where the
   * bot could not help again. `mood` is how negative the message is, 0 to 1.
   */
  consider(result: FlowResult, turn: Turn, mood: number | undefined): FlowResult {
    if (result.outcome.kind === 'person' || turn.message.kind === 'opened') return withCounts(result, 0, []);
    const moods = [...(turn.state.moods ?? []), ...(mood === undefined ? [] : [mood])].slice(-MOODS);
    const reason = this.calledBy(turn, moods);
    if (reason === undefined) return offered(result, turn, moods);
    const { language, state } = turn;
    if (reason === 'sentiment') {
      // It may be mistaken, so it asks, and takes the place of no products that were found.
      const { outcome: answer } = result;
      if (answer.kind === 'results' && answer.ranked.results.length > 0) {
        if (result.state.asking !== undefined) return withCounts(result, 0, moods);
        const aside = { say: 'offer', sorry: true } as const;
        return withCounts({ ...result, aside, state: { ...result.state, asking: { about: 'person', reason } } }, 0, []);
      }
      const outcome = { kind: 'person', language, say: 'offer', sorry: true } as const;
      return withCounts({ outcome, state: { ...state, asking: { about: 'person', reason } } }, 0, []);
    }
    const { isOpen, agents } = turn.person.availability();
    const queued = { say: 'queued', isNew: true, unasked: reason, agents } as const;
    const handoff = { kind: 'escalate', reason } as const;
    if (reason === 'vip' || reason === 'orderValue') {
      return isOpen ? withCounts({ ...result, aside: queued, handoff }, 0, moods) : offered(result, turn, moods);
    }
    const said = isOpen ? queued : ({ say: 'offer', sorry: true } as const);
    const outcome = { kind: 'person', language, ...said } as const;
    const asking = isOpen ? {} : { asking: { about: 'person', reason } as const };
    // What the flow found is not said, so it is not what is talked of.
    return withCounts({ outcome, state: { ...state, ...asking }, ...(isOpen && { handoff }) }, 0, []);
  }

  /** The result with the conversation's place in the queue, where the answer tells it. */
  placed(result: FlowResult, { conversationId }: IncomingMessage): FlowResult {
    const { outcome, aside } = result;
    if (outcome.kind === 'person')
      return { ...result, outcome: this.withPlace<PersonOutcome>(outcome, conversationId) };
    return aside ? { ...result, aside: this.withPlace<PersonSaid>(aside, conversationId) } : result;
  }

  /** Writes what a turn said; false where a person owns the conversation by now. To be called in a transaction. */
  wrote(
    sent: Sent,
    replies: readonly Reply[],
    about: { readonly understood?: string; readonly topic?: string; readonly change?: HandoffChange | undefined } = {},
  ): boolean {
    const { message } = sent;
    const language = replies[0]?.language ?? 'en';
    const entries = [
      ...(message.kind === 'opened' ? [] : [{ ...this.entryOf(sent), language }]),
      ...replies.map((reply) => this.replyEntry(message, reply, about.understood)),
    ];
    const { topic = '', change } = about;
    return this.options.shoppers.turned({ message, language, topic, entries, change });
  }

  /** Writes what the bot says outside of turns; false where a person owns the conversation. To be called in a transaction. */
  told(shopper: Pick<IncomingMessage, 'conversationId' | 'channel' | 'userId'>, reply: Reply): boolean {
    const message = { ...shopper, text: '' };
    const entries = [this.replyEntry(message, reply)];
    return this.options.shoppers.turned({ message, language: reply.language, topic: '', entries });
  }

  /** To be called when a turn was written. */
  settle({ conversationId }: Pick<IncomingMessage, 'conversationId'>): void {
    this.options.shoppers.settle(conversationId);
  }

  private calledBy({ message, person }: Turn, moods: readonly number[]): ReturnType<typeof calledBy> {
    const { complains, isVip, bought, orderValue } = this.options.policy;
    const facts = {
      view: person,
      complains: complains(message.text),
      moods,
      isVip: isVip(message),
      bought: () => bought(message),
    };
    return calledBy(facts, { orderValue });
  }

  private withPlace<T extends PersonSaid>(said: T, conversationId: string): T {
    return said.say === 'queued' ? { ...said, place: this.options.shoppers.placeOf(conversationId) } : said;
  }

  private entryOf({ message, photo, voice }: Sent): NewTranscriptEntry {
    const { conversationId, text } = message;
    const files = filesOf(message, photo);
    const heard = heardIn(voice);
    return {
      id: message.id ?? randomUUID(),
      conversationId,
      at: this.options.clock(),
      speaker: 'shopper',
      text,
      ...(files.length > 0 && { files }),
      ...(heard && { heard }),
    };
  }

  private replyEntry(
    { conversationId }: Pick<IncomingMessage, 'conversationId'>,
    reply: Reply,
    understood = '',
  ): NewTranscriptEntry {
    const { text, language, cards } = reply;
    return {
      id: `bot:${randomUUID()}`,
      conversationId,
      at: this.options.clock(),
      speaker: 'bot',
      text,
      language,
      ...(understood !== '' && { understood }),
      ...(cards.length > 0 && { products: cards.map(shownProduct) }),
    };
  }
}

/** The offer of a person where the bot could not help again; nobody who waits already is offered one. */
function offered(result: FlowResult, { person, state }: Turn, moods: readonly number[]): FlowResult {
  const failures = FAILURES.has(result.outcome.kind) ? (state.failures ?? 0) + 1 : 0;
  const asksAlready = result.state.asking !== undefined;
  if (failures < GIVES_UP_AFTER || !person.on || person.state !== 'bot' || asksAlready) {
    return withCounts(result, failures, moods);
  }
  const asking = { about: 'person', reason: 'gaveUp' } as const;
  const aside = { say: 'offer', sorry: false } as const;
  return withCounts({ ...result, aside, state: { ...result.state, asking } }, 0, moods);
}

function withCounts(result: FlowResult, failures: number, moods: readonly number[]): FlowResult {
  const { failures: _failures, moods: _moods, ...state } = result.state;
  const counted: ConversationState = {
    ...state,
    ...(failures > 0 && { failures }),
    // Of calm conversations nothing is kept.
    ...(moods.some((mood) => mood > 0) && { moods }),
  };
  return { ...result, state: counted };
}

/** Photos that were refused are kept nowhere. */
function filesOf({ photos = [], voices = [], hasAttachments }: IncomingMessage, photo?: TurnPhoto): TranscriptFile[] {
  const file = (kind: TranscriptFile['kind'], source?: MediaSource): TranscriptFile =>
    source?.kind === 'stored' ? { kind, attachmentId: source.id } : { kind };
  const refused = photo?.kind === 'failed' && photo.fault === 'refused';
  return [
    ...photos.map((source) => file('photo', refused ? undefined : source)),
    ...voices.map((source) => file('voice', source)),
    ...(hasAttachments ? [file('file')] : []),
  ];
}

function heardIn(voice: TurnVoice | undefined): { text: string; sure: boolean } | undefined {
  if (voice?.kind === 'heard') return { text: voice.text, sure: voice.sure };
  return voice?.kind === 'doubtful' ? { text: voice.text, sure: false } : undefined;
}
