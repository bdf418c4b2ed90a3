import { type Flow, migrateState, runFlows, type Turn } from '../dialog';
import {
  type ConversationStore,
  type IncomingMessage,
  type Language,
  languageOf,
  type PhraseRecogniser,
  type QueryParser,
  type RankedProducts,
  type Reply,
  type Retriever,
  type StructuredQuery,
  type TextEncoder,
  VitrineError,
} from '../domain';
import { type RenderTools, renderReply } from '../reply';

export interface AssistantOptions {
  readonly flows: readonly Flow[];
  readonly parser: QueryParser;
  readonly phrases: PhraseRecogniser;
  readonly retriever: Retriever;
  readonly conversations: ConversationStore;
  readonly render: RenderTools;
  readonly encoder?: TextEncoder;
}

/** Cards in one answer. */
const PAGE = 6;
/**
 * Results that score lower are no answer to what was asked. F1 is best at 0.54 on the validation queries; this is lower,
 * because words outside the lexicons pull the score of good answers down.
 */
export const LOWEST_SHOWN = 0.35;
const MOST_TRIES = 3;

/** The one way through the house: a message in, replies out. */
export class Assistant {
  constructor(private readonly options: AssistantOptions) {}

  /**
   * Answers one message. State is saved only when the turn succeeded; when another turn of the conversation saved in
   * between, this one is run again on what that left. Throws TURN_TIMEOUT when the signal ends it.
   */
  async handleTurn(message: IncomingMessage, signal: AbortSignal): Promise<readonly Reply[]> {
    const { conversations, flows } = this.options;
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const { state: stored, version } = conversations.load(message.conversationId);
      const state = migrateState(stored, languageOf(message.locale) ?? 'en');
      const turn = this.turn(message, state, signal);
      const { outcome, state: next } = await runFlows(flows, turn);
      if (signal.aborted) throw new VitrineError('TURN_TIMEOUT', 'the turn took too long');
      const reply = renderReply(outcome, this.options.render);
      if (conversations.save(message.conversationId, next, version)) return [reply];
    }
    throw new VitrineError('STORAGE_FAILED', 'the conversation was changed by other turns again and again');
  }

  /** "Something went wrong", in the conversation's language. */
  apology(locale: string | undefined): string {
    return this.options.render.translator.text(languageOf(locale) ?? 'en', 'apology');
  }

  private turn(message: IncomingMessage, state: Turn['state'], signal: AbortSignal): Turn {
    // The channel's locale speaks until the shopper's own words do.
    const hint = state.lastSearch ? state.language : (languageOf(message.locale) ?? state.language);
    const recognised = this.options.phrases.recognise(message.text, hint);
    const language: Language = recognised?.language ?? hint;
    return {
      message,
      state,
      language,
      intent: recognised?.intent,
      parse: (text, inLanguage) => this.parse(text, inLanguage),
      search: (query, offset) => this.search(query, offset, signal),
    };
  }

  private async parse(text: string, language: Language): Promise<StructuredQuery> {
    const facts = await this.options.retriever.facts();
    return this.options.parser.parse(text, { ...facts, language });
  }

  private async search(query: StructuredQuery, offset: number, signal: AbortSignal): Promise<RankedProducts> {
    const { encoder, retriever } = this.options;
    const [vector] = encoder ? await encoder.encode([query.text], { language: query.language, signal }) : [];
    const ranked = await retriever.search({ query, offset, limit: PAGE, signal, ...(vector && { vector }) });
    const results = ranked.results.filter((result) => result.score >= LOWEST_SHOWN);
    return { ...ranked, results, more: ranked.more && results.length === ranked.results.length };
  }
}
