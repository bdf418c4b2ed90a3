import type { Turn } from '../dialog';
import { type CommandRecogniser, languageOf, type PhraseRecogniser } from '../domain';
import { commandOf } from './pointing';
import type { Service } from './service';

export interface RecogniserOptions {
  readonly phrases: PhraseRecogniser;
  readonly commands: CommandRecogniser;
  readonly service: Pick<Service, 'wish'>;
}

type Said = Pick<Turn, 'message' | 'photo' | 'voice'>;

/** What was recognised in a message. */
export type Recognised = Pick<Turn, 'language' | 'intent' | 'command' | 'service'>;

/** The one place where it is recognised what a message wants: a set phrase, a command, to be served, or something else. */
export class Recogniser {
  constructor(private readonly options: RecogniserOptions) {}

  /** The language to answer in, and what is wanted. */
  async recognise(said: Said, state: Turn['state'], asked: Turn['asked']): Promise<Recognised> {
    const { message } = said;
    const found = this.bySetWords(said, state, asked);
    const isWish = message.kind === 'message' && !message.action && !found.intent && !found.command;
    const service = isWish ? await this.options.service.wish(message.text, found.language) : undefined;
    return { ...found, service };
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
}
