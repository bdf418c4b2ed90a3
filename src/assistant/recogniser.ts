import { heardIn, type Question, speakingNow, type Turn } from '../dialog';
import type {
  Attributes,
  Command,
  CommandAction,
  CommandRecogniser,
  Intent,
  IntentGuess,
  Language,
  Manner,
  MannerRecogniser,
  PhraseRecogniser,
  StructuredQuery,
  Vocabulary,
} from '../domain';
import { emailIn } from '../domain';
import { pointedAt } from './pointed';
import { commandOf, waivedBy } from './pointing';
import type { Service } from './service';
import { WISHES } from './wishes';

/** What a message may want, by its words as a whole; undefined where that can't be told now. */
export type GuessIntent = (text: string, language: Language, signal: AbortSignal) => Promise<IntentGuess | undefined>;

export interface RecogniserOptions {
  readonly phrases: PhraseRecogniser;
  readonly commands: CommandRecogniser;
  readonly service: Pick<Service, 'wish'>;
  readonly manners: MannerRecogniser;
  /** The language of a text; the hinted one unless it is clearly another. */
  readonly detect: (text: string, hint: Language) => Language;
  readonly vocabulary: Pick<Vocabulary, 'said'>;
  /** Asked where no set words are recognised. */
  readonly guess?: GuessIntent | undefined;
  readonly parse: (text: string, language: Language) => Promise<StructuredQuery>;
}

type Said = Pick<Turn, 'message' | 'photo' | 'voice'>;

/** What was recognised in a message. */
export type Recognised = Pick<Turn, 'language' | 'intent' | 'command' | 'service' | 'manner' | 'state'>;
type BySetWords = Pick<Turn, 'language' | 'intent' | 'command'>;

/** From this probability on a guess is followed. */
const SURE = 0.5;
/** What can't be taken back must be clearer, and what names goods or looks like small talk, too: it may be a search. */
const CERTAIN = 0.8;
/** A size is said in few words. */
const LONGEST_SIZE = 20;
/** Without anything pointed at, words of attributes say what is wanted rather than which of those shown. */
const REFINED: ReadonlySet<CommandAction> = new Set(['select', 'details', 'similar', 'add', 'compare']);
/** What can be done with several pieces. */
const COUNTED: ReadonlySet<CommandAction> = new Set(['add', 'quantity']);
/** What is said beside what is wanted. */
const POLITE: ReadonlySet<Intent> = new Set(['greet', 'thanks', 'goodbye', 'smalltalk', 'affirm', 'deny']);
/** Questions that any words answer. */
const FREE_ANSWERS: ReadonlySet<Question['about']> = new Set(['message', 'comment', 'ratingComment']);
const CAREFUL: ReadonlySet<Intent | undefined> = new Set(['privacy-erase']);

/** The one place where it is recognised what a message wants: a set phrase, a command, to be served, or something else. */
export class Recogniser {
  constructor(private readonly options: RecogniserOptions) {}

  /** The language to answer in, and what is wanted: by set words, then by what the message means as a whole. */
  async recognise(said: Said, state: Turn['state'], asked: Turn['asked'], signal: AbortSignal): Promise<Recognised> {
    const { message, voice } = said;
    const isOpen = message.kind === 'message' && !message.action && message.text.trim() !== '';
    const talked = speakingNow(state, message, asked);
    const speaks = isOpen ? heardIn(talked.speaks, this.strays(message.text, talked.language)) : talked.speaks;
    const known = { ...state, speaks };
    const hint = (voice?.kind === 'heard' && voice.language) || talked.language;
    // What was chosen holds, whatever language a message is in.
    const settle = (language: Language) => (speaks.chosen ? talked.language : language);
    const manner = isOpen && !said.photo ? this.options.manners.recognise(message.text, hint) : undefined;
    const nothing = { intent: undefined, command: undefined, service: undefined, manner: undefined, state: known };
    if (manner) return { ...nothing, language: settle(manner.language), manner };
    const read = this.bySetWords(said, hint, asked);
    const found = { ...nothing, ...read, language: settle(read.language) };
    const isSaid = isOpen && !found.intent && (!found.command || isLoose(found.command));
    if (!isSaid) return found;
    if (!found.command && state.lastSearch && (await this.saysSize(message.text, found.language))) return found;
    const isAddress = emailIn(message.text) === message.text.trim();
    const isFree = isAddress || said.photo !== undefined || (asked !== undefined && FREE_ANSWERS.has(asked.about));
    const open = this.withoutCourtesy(message.text, found.language);
    const guess = isFree ? undefined : await this.options.guess?.(open, found.language, signal);
    const meant = guess && (await this.meaning(message.text, found.language, { state, asked }, guess));
    // A clear meaning goes before words of the shopper's own that may name anything, and before patterns of service.
    const isSame = found.command !== undefined && meant?.command?.action === found.command.action;
    const isPolite = guess?.intent !== undefined && POLITE.has(guess.intent);
    if (meant && !isSame && !isPolite && guess.confidence >= CERTAIN) return { ...found, command: undefined, ...meant };
    const wished = await this.options.service.wish(message.text, found.language);
    const service = wished && { ...wished, language: settle(wished.language) };
    if (found.command) return service?.topic ? { ...found, command: undefined, service } : found;
    if (service || meant) return service ? { ...found, service } : { ...found, ...meant };
    const isOpenTo = !isFree && (asked === undefined || asked.about === 'facet');
    const command = isOpenTo ? await this.pointing(message.text, found.language, state) : undefined;
    return command ? { ...found, command } : found;
  }

  /** "Me mola el 2": words that name nothing else than a place in what was shown choose it. */
  private async pointing(
    text: string,
    language: Language,
    { shown = [] }: Turn['state'],
  ): Promise<Command | undefined> {
    const { references } = this.options.commands.mentions(text, language);
    const place = pointedAt(text, references, shown.length);
    if (!place) return undefined;
    const { wanted, unwanted, price } = await this.options.parse(text, language);
    const names = [wanted, unwanted].some((each) => each.kinds.length + each.groups.length > 0 || hasAttributes(each));
    return names || price ? undefined : { action: 'select', references: [place], language };
  }

  /** The language of a text that is clearly another than the conversation's; a single word of Latin letters never is. */
  private strays(text: string, language: Language): Language | undefined {
    const isLong =
      /\S\s+\S/.test(text.trim()) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}/u.test(text);
    const said = isLong || /\p{Script=Cyrillic}/u.test(text) ? this.options.detect(text, language) : language;
    return said === language ? undefined : said;
  }

  /** "Size 43", about what is looked for: no question of which size to take. */
  private async saysSize(text: string, language: Language): Promise<boolean> {
    if (text.length > LONGEST_SIZE || /[?？]/.test(text)) return false;
    const { wanted, freeText } = await this.options.parse(text, language);
    return wanted.sizes.length > 0 && freeText === '';
  }

  /** What follows a greeting or thanks is what is wanted. */
  private withoutCourtesy(text: string, language: Language): string {
    const [, first = '', rest = ''] = /^([^,.!，。！、\n]+)[,.!，。！、\n]\s*(\S.*)$/su.exec(text) ?? [];
    const intent = rest === '' ? undefined : this.options.phrases.recognise(first, language)?.intent;
    return intent === 'greeting' || intent === 'thanks' ? rest : text;
  }

  private bySetWords({ message }: Pick<Turn, 'message'>, hint: Language, asked: Turn['asked']): BySetWords {
    const recognised = message.action ? undefined : this.options.phrases.recognise(message.text, hint);
    const waived = waivedBy(recognised?.intent, asked, hint);
    if (waived) return { language: hint, intent: undefined, command: waived };
    // "No" is a word like any other, and tells no language, where nothing was asked.
    const isAnswer = recognised?.intent === 'yes' || recognised?.intent === 'no';
    if (!recognised || (isAnswer && !asked)) {
      const said = message.action ? undefined : this.options.commands.recognise(message.text, hint);
      // Who doesn't mind has not agreed.
      if (said?.action === 'noPreference' && asksConsent(asked))
        return { language: hint, intent: 'no', command: undefined };
      const command = said && commandOf(said, { text: message.text, asked, hint }, this.options.vocabulary);
      return { language: command?.language ?? hint, intent: undefined, command };
    }
    // "Ok" is said in many languages.
    return { language: isAnswer ? hint : recognised.language, intent: recognised.intent, command: undefined };
  }

  /** What a guess means for flows; undefined where it is not sure enough, or a wish for products. */
  private async meaning(
    text: string,
    language: Language,
    { state, asked }: Pick<Turn, 'state' | 'asked'>,
    { intent, confidence }: IntentGuess,
  ): Promise<Partial<Recognised> | undefined> {
    const wish = intent && WISHES[intent];
    const isCareful = wish !== undefined && (CAREFUL.has(intent) || 'manner' in wish);
    if (!wish || confidence < (isCareful ? CERTAIN : SURE)) return undefined;
    const said = this.options.commands.mentions(text, language);
    const { wanted, price } = await this.options.parse(text, language);
    const namesGoods = wanted.kinds.length + wanted.groups.length > 0;
    if (namesGoods && !('topic' in wish) && confidence < CERTAIN) return undefined;
    // "The blue one, below 20" refines what is shown; articles may look like pronouns ("la bleue").
    const pointsAt = said.references.some(({ kind }) => kind !== 'pronoun');
    if ('action' in wish && REFINED.has(wish.action) && !pointsAt && !namesGoods && (price || hasAttributes(wanted)))
      return undefined;
    // Who says what somebody likes, or looks for a gift, wishes for that.
    if (intent === 'like' && !namesGoods && !pointsAt && state.lastProduct === undefined) return undefined;
    if (intent === 'for-you' && (wanted.genders.length > 0 || wanted.kids)) return undefined;
    const number = pointsAt || namesGoods ? undefined : pointedAt(text, [], state.shown?.length ?? 0);
    // Of one product that is talked of a number tells how many.
    const isCount = 'action' in wish && COUNTED.has(wish.action) && state.lastProduct !== undefined;
    const place = isCount ? undefined : number;
    const quantity = isCount && number?.kind === 'position' ? number.at : undefined;
    // What is named is looked for among what was shown first.
    const named =
      namesGoods && said.references.length === 0 ? [{ kind: 'described', words: text } as const] : undefined;
    const references = place && said.quantity === undefined ? [place] : (named ?? said.references);
    if ('manner' in wish) return { manner: this.meant(wish.manner, text, language) };
    if ('topic' in wish) return { service: { topic: wish.topic, language } };
    if ('phrase' in wish) {
      const waived = waivedBy(wish.phrase, asked, language);
      if (waived) return confidence < CERTAIN ? undefined : { command: waived };
      const isAnswer = wish.phrase === 'yes' || wish.phrase === 'no';
      // Consent must be clear.
      if (wish.phrase === 'yes' && asksConsent(asked) && confidence < CERTAIN) return undefined;
      return isAnswer && !asked ? undefined : { intent: wish.phrase };
    }
    const command = commandOf(
      { action: wish.action, language, ...(quantity !== undefined && { quantity }), ...said, references },
      { text, asked, hint: language },
      this.options.vocabulary,
    );
    return command && { command };
  }

  /** Who asks for a language in their own way names it. */
  private meant(kind: Exclude<Manner['kind'], 'name' | 'switch'>, text: string, language: Language): Manner {
    const to = kind === 'languages' ? this.options.manners.named(text, language) : undefined;
    return to ? { kind: 'switch', to, language } : { kind, language };
  }
}

/** Words of the shopper's own may name anything: "how much is delivery" as well as "how much is the red one". */
function isLoose({ references }: Command): boolean {
  return references.some(({ kind }) => kind === 'described');
}

function asksConsent(asked: Turn['asked']): boolean {
  return asked?.about === 'like' || asked?.about === 'forYou';
}

function hasAttributes({ colors, materials, patterns, sizes, brands, genders, kids }: Attributes): boolean {
  return kids || [colors, materials, patterns, sizes, brands, genders].some((values) => values.length > 0);
}
