import {
  forgetOtherPhoto,
  forgetOtherVoice,
  inChosenLanguage,
  migrateState,
  openIn,
  storedState,
  type Turn,
  withChoices,
  withCourtesy,
  withOpen,
  withStep,
} from '../dialog';
import {
  type CommitTurn,
  type IncomingMessage,
  type Language,
  languageOf,
  type Reply,
  type StructuredQuery,
  textIn,
  VitrineError,
  withChoice,
} from '../domain';
import { renderReply, topicOf, understoodIn } from '../reply';
import { voiceSaid, withHeard } from './heard';
import { shopperOf } from './memory';
import type { AssistantOptions } from './options';
import type { Sent } from './people';
import { phrasedOrNot } from './phrasing';
import { forChannel } from './plain';
import { writeRating } from './rating';
import { parseWith, Readings } from './readings';
import type { Recommender } from './recommender';
import type { SearchContext } from './searcher';

const MOST_TRIES = 3;
/** Products that are shown in the place of one. */
const MOST_SUBSTITUTES = 4;

/** The one way through the house: a message in, replies out. */
export class Assistant {
  private readonly readings: Readings;

  constructor(private readonly options: AssistantOptions) {
    this.readings = new Readings({ ...options, facts: () => options.retriever.facts() });
  }

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
    const { photos, voices, people } = this.options;
    if (message.kind === 'opened') {
      photos.warm();
      voices.warm();
    }
    const [photo, voice] = await Promise.all([
      photos.understand(message, signal),
      voices.understand(message, this.languageOf(message), signal),
    ]);
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      // Whoever takes the conversation while the turn runs makes it run again, and find that.
      const replies = people.isOwned(message.conversationId)
        ? this.forwarded({ message, photo, voice }, commit)
        : await this.answered({ message, photo, voice }, signal, commit);
      if (!replies) continue;
      people.settle(message);
      return replies;
    }
    throw new VitrineError('STORAGE_FAILED', 'the conversation was changed by other turns again and again');
  }

  /** See `TurnHandler.apologise`. */
  apologise(message: IncomingMessage, commit: CommitTurn): readonly Reply[] {
    const { people } = this.options;
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      if (people.isOwned(message.conversationId)) {
        if (!this.forwarded({ message }, commit)) continue;
        people.settle(message);
        return [];
      }
      const replies = [this.say('apology', message)];
      if (!commit(replies, () => people.wrote({ message }, replies))) continue;
      people.settle(message);
      return replies;
    }
    throw new VitrineError('STORAGE_FAILED', 'the conversation changed hands again and again');
  }

  /** Does a person own the conversation? The bot says nothing then, and shows no sign of work. */
  isSilent(conversationId: string): boolean {
    return this.options.people.isOwned(conversationId);
  }

  /** Gives the message to the person who owns the conversation; undefined where nobody does any more. */
  private forwarded(sent: Sent, commit: CommitTurn): readonly Reply[] | undefined {
    return this.timed('commit', () => commit([], () => this.options.people.forward(sent))) ? [] : undefined;
  }

  /** The bot's answer; undefined where another turn wrote, or a person took the conversation, in between. */
  private async answered(
    { message, photo, voice }: Pick<Turn, 'message' | 'photo' | 'voice'>,
    signal: AbortSignal,
    commit: CommitTurn,
  ): Promise<readonly Reply[] | undefined> {
    const { conversations, memory, people, pairing, pointing, imageEncoderId, speech } = this.options;
    const shopper = shopperOf(message);
    const { state: stored, version } = conversations.load(message.conversationId);
    const known = migrateState(stored, languageOf(message.locale) ?? 'en', this.options.clock());
    const { numbers, ...state } = forgetOtherVoice(forgetOtherPhoto(known, imageEncoderId), speech?.id);
    // Who was asked to rate a person replies with a number, too.
    const isRating = people.view(message.conversationId).unrated !== undefined;
    const meant = isRating ? message : withChoice(message, numbers);
    const turn = await this.turn({ message: withHeard(meant, voice), photo, voice }, state, signal);
    const [found, mood] = await Promise.all([this.readings.run(turn, signal), this.moodOf(turn, signal)]);
    const considered = people.consider(found, turn, mood);
    const topic = considered.handoff ? await this.topicOf(turn) : '';
    const phrased = considered.handoff ? undefined : await phrasedOrNot(considered.outcome, this.options, signal);
    if (signal.aborted) throw new VitrineError('TURN_TIMEOUT', 'the turn took too long');
    // From here on nothing waits: what is told of the queue is still so when it is written.
    const now = this.options.clock();
    const stepped = withStep(inChosenLanguage(people.placed(considered, message), turn), turn.state, now);
    const { result, reminder } = withOpen(withCourtesy(stepped, now), turn, now);
    const tools = { ...this.options.render, liked: memory.liked(shopper) };
    const beside = { voice: voiceSaid(voice), person: result.aside, phrased, open: reminder };
    const reply = this.timed('reply', () => renderReply(result.outcome, tools, beside));
    const shown = forChannel(reply, result.outcome, message.channel, tools);
    const replies = [{ ...shown.reply, ...pointing.countOf(shopper, result) }];
    const noted = withChoices(memory.noted(result, turn), reply);
    const next = { ...noted, ...(shown.numbers.length > 0 && { numbers: shown.numbers }) };
    const understood = understoodIn(result.outcome, tools);
    const save = () => {
      const { conversationId } = message;
      if (people.isOwned(conversationId) || !pairing.holds(shopper, result)) return false;
      if (!conversations.save(conversationId, storedState(next), version, shopper)) return false;
      people.wrote({ message, photo, voice }, [{ ...shown.reply, cards: reply.cards }], {
        understood,
        topic,
        change: result.handoff,
      });
      memory.write(shopper, result, next);
      pointing.write(shopper, result);
      pairing.write(shopper, conversationId, result);
      writeRating(this.options.ratings, message, result);
      this.options.alerts.write(message, result);
      return true;
    };
    return this.timed('commit', () => commit(replies, save)) ? replies : undefined;
  }

  /** How negative a message is, 0 to 1; undefined where it says nothing of that. */
  private async moodOf(
    { message, intent, command, manner, language }: Turn,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const isSet = message.action || intent || command || (manner && manner.kind !== 'abuse');
    const isSaid = message.kind === 'message' && message.text.trim() !== '';
    return isSaid && !isSet ? this.options.mood?.(message.text, language, signal) : undefined;
  }

  /** What the conversation was about, for who takes it over: what was looked for, or at. */
  private async topicOf({ state, language, product, ...turn }: Turn): Promise<string> {
    const parse = parseWith(turn.parse, state.readings);
    const { lastSearch, lastProduct } = state;
    if (lastSearch && lastSearch.text.trim() !== '') {
      const query = await parse(lastSearch.text, lastSearch.language);
      return topicOf(query, language, this.options.render.vocabulary);
    }
    const looked = lastSearch?.similarTo ?? lastSearch?.goesWith ?? lastProduct;
    const shown = looked === undefined ? undefined : product(looked);
    return shown ? textIn(shown, language).title : '';
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
      const state = migrateState(this.options.conversations.load(conversationId).state, fallback, this.options.clock());
      return state.lastSearch || state.speaks ? state.language : fallback;
    } catch {
      // Storage may be what failed.
      return fallback;
    }
  }

  private async turn(
    said: Pick<Turn, 'message' | 'photo' | 'voice'>,
    state: Turn['state'],
    signal: AbortSignal,
  ): Promise<Turn> {
    const { searcher, substitutes, recommender, memory, people, products, service, clock } = this.options;
    const shopper = shopperOf(said.message);
    const profile = memory.profileOf(shopper);
    const open = openIn(state, clock());
    const asked = open.at(-1)?.question;
    const recognised = await this.options.recogniser.recognise(said, state, asked, signal);
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
      ...recognised,
      ...this.options.alerts.of(said.message),
      ...this.options.pointing.of(shopper, state, recognised.language),
      asked,
      open,
      profile,
      pairing: this.options.pairing.of(shopper),
      person: people.view(said.message.conversationId),
      parse: (text, inLanguage) => this.parse(text, inLanguage),
      search: (query, offset, beside) => searcher.search(query, offset, context, beside),
      question: (found, skip) => searcher.question(found, skip),
      currency: async () => (await this.options.retriever.facts()).currency,
      product: (id) => products.get(id),
      similar: (product, inLanguage, offset) => searcher.similar(product, inLanguage, offset, context),
      forYou: (offset) => recommender.forYou(shopper, offset),
      hasOrders: service.hasOrders,
      now: context.now,
      order: (number, email) => service.order(number, email, signal),
      answer: (question) => service.answer(question, signal),
      goesWith: (product, offset) => recommender.goesWith(product, offset),
      substitutes: (product) =>
        substitutes.substitutes(product, MOST_SUBSTITUTES, { language: recognised.language, signal }),
      policies: () => service.policies(recognised.language),
    };
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
