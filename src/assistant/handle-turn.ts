import {
  type Flow,
  forgetOtherPhoto,
  migrateState,
  type RememberedPhoto,
  runFlows,
  type Turn,
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
  type StructuredQuery,
  type TextEncoder,
  type TurnObserver,
  VitrineError,
} from '../domain';
import { type RenderTools, renderReply } from '../reply';
import { encodeOrGoOn } from './encode';
import type { Photos } from './photos';
import { similarQuery } from './similar';

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
    const { conversations, flows, photos, imageEncoderId } = this.options;
    if (message.kind === 'opened') photos.warm();
    const photo = await photos.understand(message, signal);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const { state: stored, version } = conversations.load(message.conversationId);
      const state = forgetOtherPhoto(migrateState(stored, languageOf(message.locale) ?? 'en'), imageEncoderId);
      const turn = this.turn(message, state, photo, signal);
      const { outcome, state: next } = await runFlows(flows, turn);
      if (signal.aborted) throw new VitrineError('TURN_TIMEOUT', 'the turn took too long');
      const replies = [this.timed('reply', () => renderReply(outcome, this.options.render))];
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

  private turn(message: IncomingMessage, state: Turn['state'], photo: Turn['photo'], signal: AbortSignal): Turn {
    // The channel's locale speaks until the shopper's own words do.
    const hint = state.lastSearch ? state.language : (languageOf(message.locale) ?? state.language);
    const recognised = message.action ? undefined : this.options.phrases.recognise(message.text, hint);
    const language: Language = recognised?.language ?? hint;
    return {
      message,
      state,
      language,
      intent: recognised?.intent,
      parse: (text, inLanguage) => this.parse(text, inLanguage),
      photo,
      search: (query, offset, remembered) => this.search(query, offset, signal, { photo: remembered }),
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
    { except, photo }: { except?: Product; photo?: RememberedPhoto | undefined } = {},
  ): Promise<RankedProducts> {
    const { encoder, retriever, observer } = this.options;
    const hasWords = encoder !== undefined && query.text.trim() !== '';
    const vector = hasWords ? await encodeOrGoOn(encoder, query, signal, observer) : undefined;
    const started = performance.now();
    const ranked = await retriever.search({
      query,
      offset,
      limit: PAGE,
      signal,
      ...(vector && { vector }),
      ...(photo && { photo: vectorFromText(photo.vector) }),
      ...(except && { except }),
    });
    observer.step('search', performance.now() - started);
    const lowest = photo ? LOWEST_LIKE_PHOTO : LOWEST_SHOWN;
    const results = ranked.results.filter((result) => result.score >= lowest);
    return { ...ranked, results, more: ranked.more && results.length === ranked.results.length };
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
