import type { Turn } from '../dialog';
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
  Mentioned,
  Reference,
  StructuredQuery,
  Vocabulary,
} from '../domain';
import { pointedAt } from './pointed';
import { asksConsent, commandOf, waivedBy } from './pointing';
import { sharpened } from './sharpened';
import { WISHES } from './wishes';

/** From this probability on a guess is followed. */
const SURE = 0.5;
/** What can't be taken back must be clearer, and what names goods or looks like small talk, too: it may be a search. */
export const CERTAIN = 0.8;
/** From this one on it goes before a command that was read with words of the shopper's own. */
export const CLEAR = 0.7;
/** Less will do where the words fit one of those that were shown, which they choose. */
const FITTING = 0.4;
/** Without anything pointed at, words of attributes say what is wanted rather than which of those shown. */
const REFINED: ReadonlySet<CommandAction> = new Set(['select', 'details', 'similar', 'add', 'compare']);
/** What can be done with several pieces. */
const COUNTED: ReadonlySet<CommandAction> = new Set(['add', 'quantity']);
/** What names nothing by itself: what fits the words goes before it. */
const VAGUE: ReadonlySet<Reference['kind']> = new Set(['pronoun', 'these', 'all']);
/** A word alone, "red", asks for what is like that. */
const BARE =
  /^(?:[\p{Script=Latin}\p{Script=Cyrillic}]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,3})$/u;
/** What is said beside what is wanted. */
export const POLITE: ReadonlySet<Intent> = new Set(['greet', 'thanks', 'goodbye', 'smalltalk', 'affirm', 'deny']);
const CAREFUL: ReadonlySet<Intent | undefined> = new Set(['privacy-erase']);

/** A message that no set words were recognised in, and what its words are otherwise. */
export interface Uttered {
  readonly text: string;
  readonly language: Language;
  readonly query: StructuredQuery;
  readonly state: Turn['state'];
  readonly asked: Turn['asked'];
  /** Places, from 1, of the products shown that are as the words say; undefined where they say nothing of looks. */
  readonly fitting: readonly number[] | undefined;
}

/** What a meaning is told by. */
export interface MeaningOptions {
  readonly commands: Pick<CommandRecogniser, 'mentions'>;
  readonly manners: Pick<MannerRecogniser, 'named'>;
  readonly vocabulary: Pick<Vocabulary, 'said'>;
}

/** What was recognised in a message beside its language. */
export type Meant = Partial<Pick<Turn, 'intent' | 'command' | 'service' | 'manner'>>;

/** What a guess means for flows; undefined where it is not sure enough, or a wish for products. */
export function meaningOf(
  said: Uttered,
  { intent, confidence }: IntentGuess,
  { commands, manners, vocabulary }: MeaningOptions,
): Meant | undefined {
  const { text, language, asked, query } = said;
  const wish = intent && WISHES[intent];
  const isCareful = wish !== undefined && (CAREFUL.has(intent) || 'manner' in wish);
  const least = isCareful ? CERTAIN : intent === 'select' && said.fitting?.length === 1 ? FITTING : SURE;
  if (!wish || confidence < least) return undefined;
  // "The red scarf" names no other goods where scarves were shown.
  const namesGoods = namesAny(query) && !said.fitting?.length;
  if (namesGoods && !('topic' in wish) && (confidence < CERTAIN || POLITE.has(intent))) return undefined;
  if ('manner' in wish) return { manner: mannerOf(wish.manner, text, language, manners) };
  if ('topic' in wish) return { service: { topic: wish.topic, language } };
  if ('phrase' in wish) {
    const waived = waivedBy(wish.phrase, asked, language);
    if (waived) return confidence < CERTAIN ? undefined : { command: waived };
    const isAnswer = wish.phrase === 'yes' || wish.phrase === 'no';
    // Consent must be clear.
    if (wish.phrase === 'yes' && asksConsent(asked) && confidence < CERTAIN) return undefined;
    if (!isAnswer || asked) return { intent: wish.phrase };
    // "Yes to this one", where nothing was asked, takes what is talked of.
    const takes = wish.phrase === 'yes' && said.state.lastProduct !== undefined && confidence >= CERTAIN;
    const isPointing = takes && commands.mentions(text, language).references.some(({ kind }) => kind === 'pronoun');
    return isPointing ? { command: { action: 'add', language, references: [] } } : undefined;
  }
  const command = commandFor(wish.action, { intent, confidence }, said, pointedIn(said, namesGoods, commands));
  const meant = command && sharpened(command, text, said.state);
  const whole = meant && commandOf(meant, { text, asked, hint: language }, vocabulary);
  return whole && { command: whole };
}

/** What a text points at and counts, and what that is worth where it was said. */
interface Pointed extends Mentioned {
  readonly namesGoods: boolean;
  /** Of one product is talked. */
  readonly talksOfOne: boolean;
  /** It points at more than what is talked of; articles may look like pronouns ("la bleue"). */
  readonly pointsAt: boolean;
  /** The place, from 1, of the only product shown that is as the words say. */
  readonly fits: number | undefined;
  /** It says what a thing is like or may cost. */
  readonly isDescribed: boolean;
}

function pointedIn(
  { text, language, query, state, fitting = [] }: Uttered,
  namesGoods: boolean,
  commands: MeaningOptions['commands'],
): Pointed {
  const mentioned = commands.mentions(text, language);
  const isAsked = query.price !== undefined || query.sort !== 'relevance' || BARE.test(text.trim());
  return {
    ...mentioned,
    namesGoods,
    talksOfOne: state.lastProduct !== undefined,
    pointsAt: mentioned.references.some(({ kind }) => !VAGUE.has(kind)),
    fits: fitting.length === 1 && !isAsked ? fitting[0] : undefined,
    isDescribed: query.price !== undefined || hasAttributes(query.wanted),
  };
}

/** Do words that may be a command say what is wanted instead? */
function isWish(action: CommandAction, intent: Intent, { query }: Uttered, pointed: Pointed): boolean {
  const { references, namesGoods, talksOfOne, pointsAt, fits, isDescribed } = pointed;
  const names = pointsAt || namesGoods || fits !== undefined;
  // "Make it cashmere": nothing is counted.
  if (action === 'quantity' && isDescribed && (pointed.quantity ?? countIn(pointed.numbers)) === undefined) return true;
  if (REFINED.has(action)) {
    // "The blue one, below 20" refines what is shown.
    if (isDescribed && !names && !(talksOfOne && COUNTED.has(action))) return true;
    // "The cheapest red mug" is looked for, not picked among what was shown.
    if ((namesAny(query) || isDescribed) && references.some(({ kind }) => kind === 'most')) return true;
  }
  // Who says what somebody likes, or looks for a gift, wishes for that.
  if (intent === 'like') return !names && !talksOfOne;
  return intent === 'for-you' && (query.wanted.genders.length > 0 || query.wanted.kids);
}

/** What is to be done, with what and how many; undefined where the words refine or look for something instead. */
function commandFor(
  action: CommandAction,
  { intent, confidence }: { readonly intent: Intent; readonly confidence: number },
  said: Uttered,
  pointed: Pointed,
): Command | undefined {
  const { text, language, query, state } = said;
  const { namesGoods, talksOfOne, pointsAt, fits, isDescribed, quantity, numbers, again } = pointed;
  if (isWish(action, intent, said, pointed)) return undefined;
  const onlyThis = talksOfOne && !isDescribed && !namesGoods;
  // "This one, please", of the one that is talked of, takes it.
  if (action === 'select' && onlyThis && pointed.references.every(({ kind }) => kind === 'pronoun'))
    return confidence < CERTAIN ? undefined : { action: 'add', language, references: [] };
  const isCounted = COUNTED.has(action);
  const isNamed = pointsAt || namesGoods || fits !== undefined;
  // Of one product that is talked of a number tells how many.
  const count = quantity ?? (isCounted && (talksOfOne || isNamed) ? countIn(numbers) : undefined);
  const place = isNamed || (isCounted && talksOfOne) ? undefined : pointedAt(text, [], state.shown?.length ?? 0);
  const references = place && quantity === undefined ? [place] : referencesOf(said, pointed, isCounted);
  // "I'll take it in blue."
  const { colors, sizes } = query.wanted;
  const variant = isCounted && talksOfOne && colors.length + sizes.length > 0 ? text : undefined;
  return {
    ...{ action, language, references },
    ...(!pointsAt && !namesGoods && fits !== undefined && { byLooks: true as const }),
    ...(count !== undefined && { quantity: count }),
    ...(again && isCounted && { again }),
    ...(variant && { variant }),
  };
}

/** What a command is about, where no number alone says it. */
function referencesOf(
  { text, query, fitting = [] }: Uttered,
  pointed: Pointed,
  isCounted: boolean,
): readonly Reference[] {
  const { references, namesGoods, talksOfOne, pointsAt, fits, isDescribed } = pointed;
  // "Three blue ones", of one that is talked of, are of that.
  const isOfThat = talksOfOne && isCounted && !namesAny(query);
  if (!pointsAt && fits !== undefined && !isOfThat) return [{ kind: 'position', at: fits }];
  // "Two red ones", of several that are red: not the second of all.
  const isOfSeveral = isCounted && !talksOfOne && isDescribed && fitting.length > 1;
  // What is named is looked for among what was shown first.
  return (namesGoods || isOfSeveral) && references.length === 0 ? [{ kind: 'described', words: text }] : references;
}

/** The one number that says how many; "one" beside another says for whom. */
export function countIn(numbers: readonly number[]): number | undefined {
  const [count, ...others] = new Set(numbers.filter((number) => number > 1));
  return others.length === 0 ? count : undefined;
}

/** Who asks for a language in their own way names it. */
function mannerOf(
  kind: Exclude<Manner['kind'], 'name' | 'switch'>,
  text: string,
  language: Language,
  manners: MeaningOptions['manners'],
): Manner {
  const to = kind === 'languages' ? manners.named(text, language) : undefined;
  return to ? { kind: 'switch', to, language } : { kind, language };
}

/** Does a query name goods: a kind, or a group of kinds? */
export function namesAny({ wanted, unwanted }: Pick<StructuredQuery, 'wanted' | 'unwanted'>): boolean {
  return [wanted, unwanted].some((each) => each.kinds.length + each.groups.length > 0);
}

/** Does it say what something is like? */
export function hasAttributes(each: Attributes): boolean {
  const { colors, materials, patterns, sizes, brands, genders, kids } = each;
  return kids || [colors, materials, patterns, sizes, brands, genders].some((values) => values.length > 0);
}
