import {
  type Beside,
  type Flow,
  forgetOtherPhoto,
  forgetOtherVoice,
  migrateState,
  runFlows,
  type Turn,
  type TurnVoice,
  vectorFromText,
} from '../dialog';
import {
  type AttributeTagger,
  type CommitTurn,
  type ConversationStore,
  type IncomingMessage,
  type Language,
  languageOf,
  type PhraseRecogniser,
  type Product,
  type ProductStore,
  type QueryParser,
  type RankedProducts,
  type Reply,
  type Retriever,
  type SpeechRecogniser,
  type StructuredQuery,
  type TextEncoder,
  type TurnObserver,
  VitrineError,
  type VoiceSaid,
} from '../domain';
import { type RenderTools, renderReply } from '../reply';
import { encodeOrGoOn } from './encode';
import { fuseVoice } from './fuse-voice';
import type { Photos } from './photos';
import { similarQuery } from './similar';
import type { Voices } from './voices';

export interface AssistantOptions {
  readonly flows: readonly Flow[];
  readonly parser: QueryParser;
  readonly phrases: PhraseRecogniser;
  readonly retriever: Retriever;
  readonly conversations: ConversationStore;
  readonly products: Pick<ProductStore, 'get'>;
  readonly tagger: AttributeTagger;
  readonly render: RenderTools;
  readonly observer: TurnObserver;
  readonly encoder?: TextEncoder;
  readonly photos: Photos;
  /** The id of the image encoder; vectors of another one are no use. */
  readonly imageEncoderId?: string;
  readonly voices: Voices;
  /** Vectors of another recogniser are no use, and those of another space than the words' are not compared. */
  readonly recogniser?: Pick<SpeechRecogniser, 'id' | 'space'>;
}

/** Cards in one answer. */
const PAGE = 6;
/**
 * Results that score lower are no answer to what was asked. F1 is best at 0.54 on the validation queries; this is lower,
 * because words outside the lexicons pull the score of good answers down.
 */
export const LOWEST_SHOWN = 0.35;
/** The same beside a photo, where retrieval has cut what is unlike it. */
const LOWEST_LIKE_PHOTO = 0.25;
const MOST_TRIES = 3;

/** The one way through the house: a message in, replies out. */
export class Assistant {
  constructor(private readonly options: AssistantOptions) {}

  /**
   * Answers one message. State is saved, by `commit` and together with the replies, only when the turn succeeded; when
   * another turn of the conversation saved in between, this one is run again on what that left. Throws TURN_TIMEOUT when
   * the signal ends it.
   */
  async handleTurn(
    message: IncomingMessage,
    signal: AbortSignal,
    commit: CommitTurn = (_replies, save) => save(),
  ): Promise<readonly Reply[]> {
    const { conversations, flows, photos, voices, imageEncoderId, recogniser } = this.options;
    if (message.kind === 'opened') {
      photos.warm();
      voices.warm();
    }
    const [photo, voice] = await Promise.all([
      photos.understand(message, signal),
      voices.understand(message, this.languageOf(message), signal),
    ]);
    const said = { message: withHeard(message, voice), photo, voice };
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const { state: stored, version } = conversations.load(message.conversationId);
      const known = migrateState(stored, languageOf(message.locale) ?? 'en');
      const state = forgetOtherVoice(forgetOtherPhoto(known, imageEncoderId), recogniser?.id);
      const turn = this.turn(said, state, signal);
      const { outcome, state: next } = await runFlows(flows, turn);
      if (signal.aborted) throw new VitrineError('TURN_TIMEOUT', 'the turn took too long');
      const replies = [this.timed('reply', () => renderReply(outcome, this.options.render, voiceSaid(voice)))];
      const save = () => conversations.save(message.conversationId, next, version);
      if (this.timed('commit', () => commit(replies, save))) return replies;
    }
    throw new VitrineError('STORAGE_FAILED', 'the conversation was changed by other turns again and again');
  }

  /**
   * What a shopper reads where no turn answers, in the conversation's language, else the locale's, else English. Never
   * throws.
   */
  say(what: 'apology' | 'busy', message: IncomingMessage): Reply {
    const language = this.languageOf(message);
    const text = this.options.render.translator.text(language, what);
    return { language, text, cards: [], suggestions: [] };
  }

  private languageOf({ conversationId, locale }: IncomingMessage): Language {
    const fallback = languageOf(locale) ?? 'en';
    try {
      const state = migrateState(this.options.conversations.load(conversationId).state, fallback);
      return state.lastSearch ? state.language : fallback;
    } catch {
      // Storage may be what failed.
      return fallback;
    }
  }

  private turn(said: Pick<Turn, 'message' | 'photo' | 'voice'>, state: Turn['state'], signal: AbortSignal): Turn {
    const { message, voice } = said;
    // The channel's locale speaks until the shopper's own words do.
    const talked = state.lastSearch ? state.language : (languageOf(message.locale) ?? state.language);
    const hint = (voice?.kind === 'heard' && voice.language) || talked;
    const recognised = message.action ? undefined : this.options.phrases.recognise(message.text, hint);
    const language: Language = recognised?.language ?? hint;
    return {
      ...said,
      state,
      language,
      intent: recognised?.intent,
      parse: (text, inLanguage) => this.parse(text, inLanguage),
      search: (query, offset, beside) => this.search(query, offset, signal, beside),
      product: (id) => this.options.products.get(id),
      similar: (product, inLanguage, offset) => this.similar(product, inLanguage, offset, signal),
    };
  }

  private async parse(text: string, language: Language): Promise<StructuredQuery> {
    const facts = await this.options.retriever.facts();
    return this.timed('understand', () => this.options.parser.parse(text, { ...facts, language }));
  }

  private async search(
    query: StructuredQuery,
    offset: number,
    signal: AbortSignal,
    { except, photo, voice }: Beside & { readonly except?: Product } = {},
  ): Promise<RankedProducts> {
    const { encoder, retriever, observer } = this.options;
    const hasWords = encoder !== undefined && query.text.trim() !== '';
    const words = hasWords ? await encodeOrGoOn(encoder, query, signal, observer) : undefined;
    const vector = hasWords ? this.withVoice(words, voice) : undefined;
    const started = performance.now();
    const ranked = await retriever.search({
      query,
      offset,
      limit: PAGE,
      signal,
      ...(vector && { vector }),
      ...(photo && { photo: vectorFromText(photo.vector) }),
      ...(voice && { certainty: voice.confidence }),
      ...(except && { except }),
    });
    observer.step('search', performance.now() - started);
    const lowest = photo ? LOWEST_LIKE_PHOTO : LOWEST_SHOWN;
    const results = ranked.results.filter((result) => result.score >= lowest);
    return { ...ranked, results, more: ranked.more && results.length === ranked.results.length };
  }

  /** The query's vector: where it was spoken, and the recogniser's vectors can be compared with the words', of both. */
  private withVoice(words: Float32Array | undefined, voice: Beside['voice']): Float32Array | undefined {
    const { encoder, recogniser } = this.options;
    if (voice?.vector === undefined || recogniser?.space === undefined || recogniser.space !== encoder?.space)
      return words;
    return fuseVoice(words, { vector: vectorFromText(voice.vector), confidence: voice.confidence });
  }

  private async similar(
    product: Product,
    language: Language,
    offset: number,
    signal: AbortSignal,
  ): Promise<RankedProducts> {
    const query = similarQuery(product, this.options.tagger.tag(product), language);
    const ranked = await this.search(query, offset, signal, { except: product });
    // Something of another kind in the same colour is not like it.
    const results = ranked.results.filter(({ why }) => !why.missing.includes('kind'));
    return { ...ranked, results, more: ranked.more && results.length === ranked.results.length };
  }

  private timed<T>(step: string, action: () => T): T {
    const started = performance.now();
    const result = action();
    this.options.observer.step(step, performance.now() - started);
    return result;
  }
}

/** The message with what was heard after what was typed: both are its words. */
function withHeard(message: IncomingMessage, voice: TurnVoice | undefined): IncomingMessage {
  if (voice?.kind !== 'heard') return message;
  return { ...message, text: [message.text.trim(), voice.text].filter(Boolean).join('\n') };
}

function voiceSaid(voice: TurnVoice | undefined): VoiceSaid | undefined {
  if (voice === undefined) return undefined;
  if (voice.kind === 'failed') return { fault: voice.fault };
  if (voice.kind === 'doubtful') return { doubtful: voice.text };
  return { heard: { text: voice.text, sure: voice.sure }, ...(voice.fault && { fault: voice.fault }) };
}
