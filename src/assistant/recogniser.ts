import type { Turn } from '../dialog';
import {
  type CommandRecogniser,
  type Intent,
  type IntentGuess,
  type Language,
  languageOf,
  type PhraseRecogniser,
  type StructuredQuery,
} from '../domain';
import { commandOf } from './pointing';
import type { Service } from './service';
import { WISHES } from './wishes';

/** What a message may want, by its words as a whole; undefined where that can't be told now. */
export type GuessIntent = (text: string, language: Language, signal: AbortSignal) => Promise<IntentGuess | undefined>;

export interface RecogniserOptions {
  readonly phrases: PhraseRecogniser;
  readonly commands: CommandRecogniser;
  readonly service: Pick<Service, 'wish'>;
  /** Asked where no set words are recognised. */
  readonly guess?: GuessIntent | undefined;
  readonly parse: (text: string, language: Language) => Promise<StructuredQuery>;
}

type Said = Pick<Turn, 'message' | 'photo' | 'voice'>;

/** What was recognised in a message. */
export type Recognised = Pick<Turn, 'language' | 'intent' | 'command' | 'service'>;

/** From this probability on a guess is followed. */
const SURE = 0.5;
/** What can't be taken back must be clearer, and what names goods, too: it may be a search. */
const CERTAIN = 0.8;
const CAREFUL: ReadonlySet<Intent | undefined> = new Set(['privacy-erase']);
/** Who wants to go on on a phone names one, and looks for none. */
const NAMES_DEVICES: Intent = 'pair-device';

/** The one place where it is recognised what a message wants: a set phrase, a command, to be served, or something else. */
export class Recogniser {
  constructor(private readonly options: RecogniserOptions) {}

  /** The language to answer in, and what is wanted: by set words, then by what the message means as a whole. */
  async recognise(said: Said, state: Turn['state'], asked: Turn['asked'], signal: AbortSignal): Promise<Recognised> {
    const { message } = said;
    const found = this.bySetWords(said, state, asked);
    const isOpen = message.kind === 'message' && !message.action && message.text.trim() !== '';
    if (!isOpen || found.intent || found.command) return { ...found, service: undefined };
    const service = await this.options.service.wish(message.text, found.language);
    if (service || said.photo) return { ...found, service };
    return { ...found, service, ...(await this.guessed(message.text, found.language, asked, signal)) };
  }

  private bySetWords(
    { message, voice }: Pick<Turn, 'message' | 'voice'>,
    state: Turn['state'],
    asked: Turn['asked'],
  ): Pick<Turn, 'language' | 'intent' | 'command'> {
    // The channel's locale speaks until the shopper's own words do; an answer is in the language of the question.
    const talked = state.lastSearch || asked ? state.language : (languageOf(message.locale) ?? state.language);
    const hint = (voice?.kind === 'heard' && voice.language) || talked;
    const recognised = message.action ? undefined : this.options.phrases.recognise(message.text, hint);
    // "No" is a word like any other, and tells no language, where nothing was asked.
    const isAnswer = recognised?.intent === 'yes' || recognised?.intent === 'no';
    if (!recognised || (isAnswer && !asked)) {
      const said = message.action ? undefined : this.options.commands.recognise(message.text, hint);
      const command = said && commandOf(said, asked);
      return { language: command?.language ?? hint, intent: undefined, command };
    }
    // "Ok" is said in many languages.
    return { language: isAnswer ? hint : recognised.language, intent: recognised.intent, command: undefined };
  }

  private async guessed(
    text: string,
    language: Language,
    asked: Turn['asked'],
    signal: AbortSignal,
  ): Promise<Partial<Recognised>> {
    const { intent, confidence = 0 } = (await this.options.guess?.(text, language, signal)) ?? {};
    if (intent === undefined || confidence < (CAREFUL.has(intent) ? CERTAIN : SURE)) return {};
    const wish = WISHES[intent];
    if (!wish) return {};
    const said = this.options.commands.mentions(text, language);
    const { kinds, groups } = (await this.options.parse(text, language)).wanted;
    const namesGoods = kinds.length + groups.length > 0;
    const pointsAtNothing = 'action' in wish && said.references.length === 0 && intent !== NAMES_DEVICES;
    if (namesGoods && (pointsAtNothing || confidence < CERTAIN)) return {};
    if ('topic' in wish) return { service: { topic: wish.topic, language } };
    if ('phrase' in wish) {
      const isAnswer = wish.phrase === 'yes' || wish.phrase === 'no';
      return isAnswer && !asked ? {} : { intent: wish.phrase };
    }
    const command = commandOf({ action: wish.action, language, ...said }, asked);
    return command ? { command } : {};
  }
}
