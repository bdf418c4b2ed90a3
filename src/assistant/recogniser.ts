import { heardIn, type Question, speakingNow, type Turn } from '../dialog';
import type {
  Attributes,
  Command,
  CommandRecogniser,
  IntentGuess,
  Language,
  MannerRecogniser,
  PhraseRecogniser,
  StructuredQuery,
  Vocabulary,
} from '../domain';
import { emailIn, NO_ATTRIBUTES } from '../domain';
import { inContext, situationOf } from './in-context';
import { CERTAIN, CLEAR, countIn, hasAttributes, type Meant, meaningOf, namesAny, POLITE } from './meaning';
import { pointedAt } from './pointed';
import { asksConsent, commandOf, waivedBy } from './pointing';
import type { Service } from './service';
import { sharpened } from './sharpened';

/** What a message may want, by its words as a whole; undefined where that can't be told now. */
export type GuessIntent = (text: string, language: Language, signal: AbortSignal) => Promise<IntentGuess | undefined>;

export interface RecogniserOptions {
  readonly phrases: PhraseRecogniser;
  readonly commands: CommandRecogniser;
  readonly service: Pick<Service, 'wish'>;
  readonly manners: MannerRecogniser;
  /** The language of a text; the hinted one unless it is clearly another. */
  readonly detect: (text: string, hint: Language) => Language;
  readonly vocabulary: Pick<Vocabulary, 'said' | 'isArticle'>;
  /** Asked where no set words are recognised. */
  readonly guess?: GuessIntent | undefined;
  readonly parse: (text: string, language: Language) => Promise<StructuredQuery>;
  /** Places, from 1, of the products shown last that have what a query wants, and what was searched for before. */
  readonly fitting: (query: StructuredQuery, state: Turn['state'], searched: Attributes) => readonly number[];
}

type Said = Pick<Turn, 'message' | 'photo' | 'voice'>;

/** What was recognised in a message. */
export type Recognised = Pick<Turn, 'language' | 'intent' | 'command' | 'service' | 'manner' | 'state'>;
/** A guess, and what it means for flows where it is sure enough. */
interface Guessed extends IntentGuess {
  readonly meant: Meant | undefined;
}
type BySetWords = Pick<Turn, 'language' | 'intent' | 'command'>;

/** A size is said in few words. */
const LONGEST_SIZE = 20;
/** Products on a page, with some to spare. */
const MOST_SHOWN = 12;
/** Questions that any words answer. */
const FREE_ANSWERS: ReadonlySet<Question['about']> = new Set(['message', 'comment', 'ratingComment']);

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
    const read = this.bySetWords(said, hint, asked, state);
    const found = { ...nothing, ...read, language: settle(read.language) };
    if (!isOpen || found.intent) return found;
    // "37", beside shoes: no place in what was shown, and not so many.
    const mayBeSize = state.lastSearch !== undefined && (!found.command || isBeyond(found.command));
    if (mayBeSize && (await this.saysSize(message.text, found.language))) return { ...found, command: undefined };
    if (found.command && !isLoose(found.command, state)) return found;
    const isAddress = emailIn(message.text) === message.text.trim();
    const isFree = isAddress || said.photo !== undefined || (asked !== undefined && FREE_ANSWERS.has(asked.about));
    const guess = isFree ? undefined : await this.guessed(message.text, found, { state, asked }, signal);
    if (guess?.meant && goesBefore(guess, found.command)) return { ...found, command: undefined, ...guess.meant };
    const wished = await this.options.service.wish(message.text, found.language);
    const service = wished && { ...wished, language: settle(wished.language) };
    if (found.command) return service?.topic ? { ...found, command: undefined, service } : found;
    if (service) return { ...found, service };
    if (guess?.meant) return { ...found, ...guess.meant };
    const isOpenTo = !isFree && (asked === undefined || asked.about === 'facet');
    const command = isOpenTo ? await this.pointing(message.text, found.language, state) : undefined;
    return command ? { ...found, command } : found;
  }

  /** What a message may mean as a whole, by its words and where they are said. */
  private async guessed(
    text: string,
    { language }: Pick<Recognised, 'language'>,
    { state, asked }: Pick<Turn, 'state' | 'asked'>,
    signal: AbortSignal,
  ): Promise<Guessed | undefined> {
    const byWords = await this.options.guess?.(this.withoutCourtesy(text, language), language, signal);
    if (!byWords) return undefined;
    const searched = await this.searched(state);
    const fittingOf = (each: StructuredQuery) =>
      namesAny(each) || hasAttributes(each.wanted) ? this.options.fitting(each, state, searched) : undefined;
    let query = await this.options.parse(text, language);
    let fitting = fittingOf(query);
    // "Into my bag", of what was shown: no bag is looked for, unless some are among it.
    const isShown = state.lastProduct !== undefined || (state.shown?.length ?? 0) > 0;
    if (isShown && namesAny(query) && fitting?.length === 0 && isOfBasket(byWords)) {
      const isNew = (word: string) => this.options.vocabulary.isArticle(word, language);
      query = await this.options.parse(this.options.commands.withoutBasket(text, language, isNew), language);
      fitting = fittingOf(query);
    }
    const guess = inContext(byWords, situationOf(state, { fitting: fitting?.length, namesGoods: namesAny(query) }));
    return { ...guess, meant: meaningOf({ text, language, query, state, asked, fitting }, guess, this.options) };
  }

  /** What was searched for last, in words or by a photo. */
  private async searched({ lastSearch }: Turn['state']): Promise<Attributes> {
    if (!lastSearch) return NO_ATTRIBUTES;
    const { wanted } = await this.options.parse(lastSearch.text, lastSearch.language);
    const { kind, likely = [] } = lastSearch.photo?.seen ?? {};
    return wanted.kinds.length > 0 ? wanted : { ...wanted, kinds: kind === undefined ? likely : [kind] };
  }

  /** "Me mola el 2", "four, one for each of us": words that name nothing but a place in what was shown, or how many of one. */
  private async pointing(
    text: string,
    language: Language,
    { shown = [], lastProduct }: Turn['state'],
  ): Promise<Command | undefined> {
    const { references, quantity, numbers } = this.options.commands.mentions(text, language);
    const count =
      lastProduct === undefined ? undefined : (quantity ?? (beginsWithNumber(text) ? countIn(numbers) : undefined));
    const place = count === undefined ? pointedAt(text, references, shown.length) : undefined;
    if (!place && count === undefined) return undefined;
    const query = await this.options.parse(text, language);
    if (query.price || namesAny(query)) return undefined;
    if (count !== undefined) return { action: 'quantity', references: [], quantity: count, language };
    // "Number 3" is a size, too, where the words for both are the same.
    const sizes = query.wanted.sizes.filter((size) => place?.kind !== 'position' || size !== String(place.at));
    const isBare = ![{ ...query.wanted, sizes }, query.unwanted].some(hasAttributes);
    return place && isBare ? { action: 'select', references: [place], language } : undefined;
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

  /** "Two more": on top of what there is. */
  private withAgain(command: Command, text: string): Command {
    if (command.action !== 'add' && command.action !== 'quantity') return command;
    const { again } = this.options.commands.mentions(text, command.language);
    return again ? { ...command, again } : command;
  }

  private bySetWords(
    { message }: Pick<Turn, 'message'>,
    hint: Language,
    asked: Turn['asked'],
    state: Turn['state'],
  ): BySetWords {
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
      const meant = said && sharpened(this.withAgain(said, message.text), message.text, state);
      const command = meant && commandOf(meant, { text: message.text, asked, hint }, this.options.vocabulary);
      return { language: command?.language ?? hint, intent: undefined, command };
    }
    // "Ok" is said in many languages.
    return { language: isAnswer ? hint : recognised.language, intent: recognised.intent, command: undefined };
  }
}

/** Is a message clearly about the basket? */
function isOfBasket({ probabilities }: IntentGuess): boolean {
  const intents = Object.entries(probabilities ?? {}).filter(([intent]) => intent.startsWith('basket-'));
  return intents.reduce((sum, [, probability]) => sum + probability, 0) >= CERTAIN;
}

/** A clear meaning goes before words of the shopper's own that may name anything, and before patterns of service. */
function goesBefore({ intent, confidence, meant }: Guessed, command: Command | undefined): boolean {
  const isSame = command !== undefined && meant?.command?.action === command.action;
  const isPolite = intent !== undefined && POLITE.has(intent);
  return !isSame && !isPolite && confidence >= (command ? CLEAR : CERTAIN);
}

/** Is a number further than anything that was shown? */
function isBeyond({ references, quantity = 0 }: Command): boolean {
  return quantity > MOST_SHOWN || references.some((each) => each.kind === 'position' && each.at > MOST_SHOWN);
}

/** "Four, one for each of us", "8 davon". */
function beginsWithNumber(text: string): boolean {
  return /^\s*(?:\d{1,2}\s?[x×]?(?!\p{L}|\d)|[x×]\s?\d|\p{L}+\s*(?:[,.!]|$))/iu.test(text);
}

/**
 * Words of the shopper's own may name anything: "how much is delivery" as well as "how much is the red one"; a number alone
 * may count as well as point, and "this one", of what is talked of, may be wished for.
 */
function isLoose({ action, references, change }: Command, { lastProduct }: Turn['state']): boolean {
  const isVague =
    action === 'select' &&
    lastProduct !== undefined &&
    references.every((each) => 'bare' in each || each.kind === 'pronoun' || each.kind === 'these');
  return isVague || change !== undefined || references.some(({ kind }) => kind === 'described');
}
