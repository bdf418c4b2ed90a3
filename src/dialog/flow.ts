import type {
  DialogOutcome,
  IncomingMessage,
  Language,
  PhraseIntent,
  Product,
  RankedProducts,
  StructuredQuery,
} from '../domain';
import type { RememberedPhoto, TurnPhoto } from './photo';
import type { RememberedVoice, TurnVoice } from './voice';

/** What a conversation remembers. Versioned: older states are read through `migrateState`. */
export interface ConversationState {
  readonly version: 1;
  readonly language: Language;
  /** The words of the last search, or the product whose like was searched, for "show more". */
  readonly lastSearch?: {
    readonly text: string;
    readonly language: Language;
    readonly shown: number;
    readonly similarTo?: string;
    /** The photo that was searched by, with the words. */
    readonly photo?: RememberedPhoto;
    /** How the words were spoken, where they were. */
    readonly voice?: RememberedVoice;
  };
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
  /** Set when the message brought photos. */
  readonly photo: TurnPhoto | undefined;
  /** Set when the message brought voice notes. */
  readonly voice: TurnVoice | undefined;
  parse(text: string, language: Language): Promise<StructuredQuery>;
  /** By words, or by a photo and the words beside it; how they were spoken counts, too. */
  search(query: StructuredQuery, offset: number, beside?: Beside): Promise<RankedProducts>;
  /** Undefined when it is no longer sold. */
  product(id: string): Product | undefined;
  /** Products like one, without its variants. */
  similar(product: Product, language: Language, offset: number): Promise<RankedProducts>;
}

export interface FlowResult {
  readonly outcome: DialogOutcome;
  readonly state: ConversationState;
}

/** One conversation flow of `dialogs/`. */
export interface Flow {
  readonly id: string;
  /** True when the turn is this flow's; the first flow that says so gets it. */
  handles(turn: Turn): boolean;
  run(turn: Turn): Promise<FlowResult>;
}

/** Runs the first flow that handles the turn. Throws when none does: the last flow must take everything. */
export async function runFlows(flows: readonly Flow[], turn: Turn): Promise<FlowResult> {
  const flow = flows.find((candidate) => candidate.handles(turn));
  if (!flow) throw new Error('no flow handles this turn');
  return flow.run(turn);
}

/** The state as stored, or a new one where there is none or it can't be read. */
export function migrateState(stored: unknown, language: Language): ConversationState {
  if (typeof stored === 'object' && stored !== null && (stored as { version?: unknown }).version === 1) {
    return stored as ConversationState;
  }
  return { version: 1, language };
}

/** The state without its last search, where that was by a photo whose vector this encoder can't use. */
export function forgetOtherPhoto(state: ConversationState, encoder: string | undefined): ConversationState {
  const { lastSearch, ...rest } = state;
  return lastSearch?.photo && lastSearch.photo.encoder !== encoder ? rest : state;
}

/** The state without the voice's vector, where another recogniser made it; the words that were heard stay. */
export function forgetOtherVoice(state: ConversationState, recogniser: string | undefined): ConversationState {
  const { lastSearch } = state;
  if (!lastSearch?.voice?.vector || lastSearch.voice.recogniser === recogniser) return state;
  const { vector: _, ...voice } = lastSearch.voice;
  return { ...state, lastSearch: { ...lastSearch, voice } };
}

/** How the words of a turn were spoken; undefined where they were typed. */
export function spoken({ voice }: Pick<Turn, 'voice'>): RememberedVoice | undefined {
  return voice?.kind === 'heard' ? voice.voice : undefined;
}
