import type {
  Alert,
  AlertChange,
  Attributes,
  BasketChange,
  BasketItem,
  BasketLine,
  Command,
  DialogOutcome,
  Facet,
  FacetQuestion,
  HandoffChange,
  HeldConstraint,
  IncomingMessage,
  KnowledgeAnswer,
  KnowledgeQuestion,
  KnownOfShopper,
  Language,
  Manner,
  Money,
  NumberedChoice,
  Order,
  PairingChange,
  Passage,
  PersonSaid,
  PersonView,
  PhraseIntent,
  Product,
  ProfileChange,
  RankedProducts,
  RatingChange,
  Reading,
  Recommended,
  Reference,
  ReferenceResolver,
  Resolved,
  ServiceWish,
  StructuredQuery,
  Vocabulary,
} from '../domain';
import type { Courtesy, Speaking } from './habits';
import type { TurnPairing } from './pairing';
import type { RememberedPhoto, SentPhoto, TurnPhoto } from './photo';
import type { OpenQuestion, Question } from './questions';
import type { RememberedVoice, TurnVoice } from './voice';

/** A price that came up in the conversation: something cheaper than this, or any. */
export type AgreedPrice = { readonly below: Money } | 'any';

/** What a conversation remembers. Versioned: older states are read through `migrateState`. */
export interface ConversationState {
  readonly version: 2;
  readonly language: Language;
  readonly speaks?: Speaking;
  readonly courtesy?: Courtesy;
  /** What the numbers of the last answer mean, from 1, on a channel that draws no cards. */
  readonly numbers?: readonly NumberedChoice[];
  /** The words of the last search, or the product whose like was searched, for "show more". */
  readonly lastSearch?: {
    readonly text: string;
    readonly language: Language;
    readonly shown: number;
    readonly similarTo?: string;
    /** Recommendations are paged through: for the shopper, or for what goes well with a product. */
    readonly forYou?: true;
    readonly goesWith?: string;
    /** Under which id its pages are noted, and how many cards they showed, where that may be remembered. */
    readonly noted?: { readonly id: string; readonly cards: number };
    /** The photo that was searched by, with the words. */
    readonly photo?: RememberedPhoto;
    /** How the words were spoken, where they were. */
    readonly voice?: RememberedVoice;
    /** What holds of the price in place of what the words say: below an amount, or nothing at all. */
    readonly price?: AgreedPrice;
    /** What was taken back of it, where its words still say it. */
    readonly free?: readonly HeldConstraint[];
    /** What the shopper was asked for, or said that it doesn't matter: it isn't asked for again. */
    readonly asked?: readonly Facet[];
  };
  /** The photos that were sent last, the newest last; see `withPhoto`. */
  readonly photos?: readonly SentPhoto[];
  /** When `lastSearch` was made or paged last, in milliseconds since 1970: no part of the state is older. */
  readonly searchedAt?: number;
  /** The product whose details were shown last. */
  readonly lastProduct?: string;
  /** The products that were shown last, in order: "the second" counts in them. */
  readonly shown?: readonly string[];
  /** What "go back" takes back, the newest last. */
  readonly steps?: readonly Step[];
  /** The shopper was asked whether the shop may remember; that is done once. */
  readonly consentAsked?: true;
  /** What a flow's answer asks; when the turn is written it becomes the newest of `open`. */
  readonly asking?: Question;
  /** The questions that are not answered yet, the newest last; see `withOpen`. */
  readonly open?: readonly OpenQuestion[];
  /** What a language model read in words of searches that may still be talked of. */
  readonly readings?: readonly Reading[];
  /** Answers in a row that helped nobody. */
  readonly failures?: number;
  /** How negative the last messages were, 0 to 1, the newest last. */
  readonly moods?: readonly number[];
  /** What is known of an order that is asked for: kept until it is shown or no longer wanted. */
  readonly order?: { readonly number?: string | undefined; readonly email?: string | undefined };
  /** When number and e-mail did not belong together, in milliseconds since 1970. */
  readonly orderTries?: readonly number[];
  /** Products that were shown in paid places, and when, in milliseconds since 1970. */
  readonly sponsored?: readonly { readonly productId: string; readonly at: number }[];
}

/** What held before a step of the conversation. */
export type Step = { readonly at: number } & (
  | { readonly view: Pick<ConversationState, 'lastSearch' | 'shown' | 'lastProduct'> }
  /** How many there were of what the step changed. */
  | { readonly basket: readonly BasketLine[] }
);

/** What another conversation searched and showed last. */
export interface SharedView {
  readonly state: Pick<ConversationState, 'lastSearch' | 'shown' | 'lastProduct'>;
  readonly products: readonly Product[];
}

/** What a search goes by beside the words. */
export interface Beside {
  readonly photo?: RememberedPhoto | undefined;
  readonly voice?: RememberedVoice | undefined;
}

/** What a flow is given: the message, what was recognised in it, and the ways to act. */
export interface Turn {
  /** Its text holds what was heard, too. */
  readonly message: IncomingMessage;
  readonly state: ConversationState;
  /** The language to answer in. */
  readonly language: Language;
  /** Set when the whole message is a set phrase. */
  readonly intent: PhraseIntent | undefined;
  /** Set when the whole message is a command, or answers which product one meant. */
  readonly command: Command | undefined;
  /** Set when the message is about the talk itself: small talk, another language, a name. */
  readonly manner: Manner | undefined;
  /** Set when the message brought photos. */
  readonly photo: TurnPhoto | undefined;
  /** Set when the message brought voice notes. */
  readonly voice: TurnVoice | undefined;
  /** The newest question that is open: asked by the last answer, or reminded of by it. A yes or no is recognised only then. */
  readonly asked: Question | undefined;
  /** All questions that are open, the newest last. */
  readonly open: readonly OpenQuestion[];
  /** Set when the message wishes to be served: a question on delivery, returns, payment …, or on an order. */
  readonly service: ServiceWish | undefined;
  readonly profile: TurnProfile;
  readonly pairing: TurnPairing<SharedView>;
  /** How the conversation stands with people. */
  readonly person: PersonView;
  parse(text: string, language: Language): Promise<StructuredQuery>;
  /** By words, or by a photo and the words beside it; how they were spoken counts, too. */
  search(query: StructuredQuery, offset: number, beside?: Beside): Promise<RankedProducts>;
  /**
   * The question whose answer parts best what was found; undefined where none does well enough.
   *
   * @param found a first page, as `search` gave it
   * @param skip what is not asked for
   */
  question(
    found: Pick<RankedProducts, 'results' | 'query'>,
    skip: ReadonlySet<Facet>,
  ): Promise<FacetQuestion | undefined>;
  /** What a product is, as the lexicons name it. */
  attributes(product: Product): Attributes;
  /** Words that mean a value of a facet, understood when they are said; see `Vocabulary`. */
  say: Vocabulary['said'];
  isArticle: Vocabulary['isArticle'];
  /** The shop's: prices in another one are not compared. */
  currency(): Promise<string>;
  readonly basket: TurnBasket;
  /** The shopper's alerts in this conversation, those that were told among them; the oldest first. */
  alerts(): readonly Alert[];
  /** The products that were shown last and are still sold. */
  shown(): readonly Product[];
  /** The product that is talked of: "it". */
  focus(): Product | undefined;
  /** The variants of a product's item, itself among them. */
  variants(product: Product): readonly Product[];
  /** What references mean, among what was shown or among others. */
  resolve(references: readonly Reference[], among?: readonly Product[]): Promise<Resolved>;
  /** Which of some products have what a query wants, whatever its other words say; see `ReferenceResolver`. */
  fitting: ReferenceResolver['fitting'];
  /** The variants that words name by size or colour. */
  pick(words: string, variants: readonly Product[]): readonly Product[];
  /** Undefined when it is no longer sold. */
  product(id: string): Product | undefined;
  /** Products like one, without its variants. */
  similar(product: Product, language: Language, offset: number): Promise<RankedProducts>;
  /** Products near the shopper's taste; well-rated ones while nothing is known of it. */
  forYou(offset: number): Promise<Recommended>;
  /** False where orders can't be asked for. */
  readonly hasOrders: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The order, where number and e-mail belong together; 'failed' where that can't be told now. */
  order(number: string, email: string): Promise<Order | 'failed' | undefined>;
  /** What the merchant's files say; undefined where there are none. */
  answer(question: KnowledgeQuestion): Promise<KnowledgeAnswer | undefined>;
  /** What may be bought in a product's place: of its kind, size and audience, in stock; the best first. */
  substitutes(product: Product): Promise<readonly Product[]>;
  /** What the merchant's files say of delivery and of returns above all. */
  policies(): readonly Passage[];
  /** Products that go well with one. */
  goesWith(product: Product, offset: number): Promise<Recommended>;
}

/** What may be remembered of the shopper, and is. */
export interface TurnProfile {
  /** False where the channel does not say who writes. */
  readonly possible: boolean;
  readonly consented: boolean;
  /** Products that were liked and are still sold, those liked last first. */
  likes(): readonly Product[];
  known(): KnownOfShopper;
}

/** The shopper's basket. */
export interface TurnBasket {
  /** False where the channel does not say who writes. */
  readonly possible: boolean;
  /** What it holds and is still sold. */
  items(): readonly BasketItem[];
}

export interface FlowResult {
  readonly outcome: DialogOutcome;
  readonly state: ConversationState;
  /** What is to be remembered or forgotten of the shopper; only views and likes of who consented are kept. */
  readonly changes?: readonly ProfileChange[];
  readonly basket?: readonly BasketChange[];
  readonly pairing?: PairingChange;
  readonly alerts?: readonly AlertChange[];
  /** What is wanted of hand-off. */
  readonly handoff?: HandoffChange;
  /** What was thought of the service. */
  readonly rating?: RatingChange;
  /** What is said of people beside the outcome. */
  readonly aside?: PersonSaid;
}

/** One conversation flow of `dialogs/`. */
export interface Flow {
  readonly id: string;
  /** True when the turn is this flow's; the first flow that says so gets it. */
  handles(turn: Turn): boolean;
  run(turn: Turn): Promise<FlowResult>;
}

/** Earlier questions whose answers are told from anything else that may be said. */
const TOLD_APART: ReadonlySet<Question['about']> = new Set(['variant', 'alert']);

/**
 * Runs the first flow that handles the turn; what only the last one would take may answer an earlier question. Throws when
 * none does: the last flow must take everything.
 */
export async function runFlows(flows: readonly Flow[], turn: Turn): Promise<FlowResult> {
  const taking = (said: Turn) => flows.find((candidate) => candidate.handles(said));
  const flow = taking(turn);
  if (!flow) throw new Error('no flow handles this turn');
  if (flow !== flows.at(-1)) return flow.run(turn);
  for (const { question } of turn.open) {
    const earlier = { ...turn, asked: question };
    const other = TOLD_APART.has(question.about) ? taking(earlier) : undefined;
    if (other && other !== flow) return other.run(earlier);
  }
  return flow.run(turn);
}

/** How the words of a turn were spoken; undefined where they were typed. */
export function spoken({ voice }: Pick<Turn, 'voice'>): RememberedVoice | undefined {
  return voice?.kind === 'heard' ? voice.voice : undefined;
}
