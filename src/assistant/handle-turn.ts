import {
  type Flow,
  forgetOtherPhoto,
  forgetOtherVoice,
  migrateState,
  runFlows,
  type Turn,
  type TurnVoice,
} from '../dialog';
import {
  type CommitTurn,
  type ConversationStore,
  type IncomingMessage,
  type Language,
  languageOf,
  type PhraseRecogniser,
  type ProductStore,
  type QueryParser,
  type Reply,
  type Retriever,
  type SpeechRecogniser,
  type StructuredQuery,
  type TurnObserver,
  VitrineError,
  type VoiceSaid,
} from '../domain';
import { type RenderTools, renderReply } from '../reply';
import { type Memory, shopperOf } from './memory';
import type { Photos } from './photos';
import type { Recommender } from './recommender';
import type { SearchContext, Searcher } from './searcher';
import type { Voices } from './voices';

export interface AssistantOptions {
  readonly flows: readonly Flow[];
  readonly parser: QueryParser;
  readonly phrases: PhraseRecogniser;
  readonly retriever: Pick<Retriever, 'facts'>;
  readonly conversations: ConversationStore;
  readonly products: Pick<ProductStore, 'get'>;
  readonly searcher: Searcher;
  readonly recommender: Recommender;
  readonly memory: Memory;
  readonly render: RenderTools;
  readonly observer: TurnObserver;
  readonly photos: Photos;
  /** The id of the image encoder; vectors of another one are no use. */
  readonly imageEncoderId?: string;
  readonly voices: Voices;
  /** Vectors of another recogniser are no use. */
  readonly recogniser?: Pick<SpeechRecogniser, 'id'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

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
    const { conversations, flows, memory, photos, voices, imageEncoderId, recogniser } = this.options;
    const shopper = shopperOf(message);
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
      const result = await runFlows(flows, turn);
      if (signal.aborted) throw new VitrineError('TURN_TIMEOUT', 'the turn took too long');
      const tools = { ...this.options.render, liked: memory.liked(shopper) };
      const replies = [this.timed('reply', () => renderReply(result.outcome, tools, voiceSaid(voice)))];
      const next = memory.noted(result, turn);
      const save = () => {
        if (!conversations.save(message.conversationId, next, version, shopper)) return false;
        memory.write(shopper, result, next);
        return true;
      };
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

  private turn(
    said: Pick<Turn, 'message' | 'photo' | 'voice'>,
    { asking: asked, ...state }: Turn['state'],
    signal: AbortSignal,
  ): Turn {
    const { searcher, recommender, memory, products, clock } = this.options;
    const shopper = shopperOf(said.message);
    const profile = memory.profileOf(shopper);
    let taste: ReturnType<Recommender['taste']> | undefined;
    const context: SearchContext = {
      signal,
      taste: () => {
        taste ??= profile.consented ? recommender.taste(shopper) : Promise.resolve(undefined);
        return taste;
      },
      sponsoredShown: state.sponsored ?? [],
      now: clock(),
    };
    return {
      ...said,
      ...this.recognise(said, state, asked !== undefined),
      state,
      asked,
      profile,
      parse: (text, inLanguage) => this.parse(text, inLanguage),
      search: (query, offset, beside) => searcher.search(query, offset, context, beside),
      product: (id) => products.get(id),
      similar: (product, inLanguage, offset) => searcher.similar(product, inLanguage, offset, context),
      forYou: (offset) => recommender.forYou(shopper, offset),
      goesWith: (product, offset) => recommender.goesWith(product, offset),
    };
  }

  /** The language to answer in, and the set phrase that was said. */
  private recognise(
    { message, voice }: Pick<Turn, 'message' | 'voice'>,
    state: Turn['state'],
    asked: boolean,
  ): Pick<Turn, 'language' | 'intent'> {
    // The channel's locale speaks until the shopper's own words do.
    const talked = state.lastSearch ? state.language : (languageOf(message.locale) ?? state.language);
    const hint = (voice?.kind === 'heard' && voice.language) || talked;
    const recognised = message.action ? undefined : this.options.phrases.recognise(message.text, hint);
    // "No" is a word like any other, and tells no language, where nothing was asked.
    const isAnswer = recognised?.intent === 'yes' || recognised?.intent === 'no';
    if (!recognised || (isAnswer && !asked)) return { language: hint, intent: undefined };
    // "Ok" is said in many languages.
    return { language: isAnswer ? hint : recognised.language, intent: recognised.intent };
  }

  private async parse(text: string, language: Language): Promise<StructuredQuery> {
    const facts = await this.options.retriever.facts();
    return this.timed('understand', () => this.options.parser.parse(text, { ...facts, language }));
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
