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
  const command = commandFor(wish.action, { intent, confidence }, said, {
    namesGoods,
    ...commands.mentions(text, language),
  });
  const meant = command && sharpened(command, text, said.state);
  const whole = meant && commandOf(meant, { text, asked, hint: language }, vocabulary);
  return whole && { command: whole };
}

interface Mentions extends ReturnType<CommandRecogniser['mentions']> {
  readonly namesGoods: boolean;
}

/** What is to be done, with what and how many; undefined where the words refine or look for something instead. */
function commandFor(
  action: CommandAction,
  { intent, confidence }: { readonly intent: Intent; readonly confidence: number },
  { text, language, query, state, fitting }: Uttered,
  { namesGoods, references: mentioned, quantity, numbers, again }: Mentions,
): Command | undefined {
  const { wanted, price } = query;
  const talksOfOne = state.lastProduct !== undefined;
  const isCounted = COUNTED.has(action);
  // "The blue one, below 20" refines what is shown; articles may look like pronouns ("la bleue").
  const pointsAt = mentioned.some(({ kind }) => !VAGUE.has(kind));
  const [place, ...others] = fitting ?? [];
  const isAsked = price !== undefined || query.sort !== 'relevance' || BARE.test(text.trim());
  const fits = place !== undefined && others.length === 0 && !isAsked ? place : undefined;
  const isDescribed = price !== undefined || hasAttributes(wanted);
  if (
    REFINED.has(action) &&
    !pointsAt &&
    !namesGoods &&
    isDescribed &&
    fits === undefined &&
    !(talksOfOne && isCounted)
  )
    return undefined;
  // "The cheapest red mug" is looked for, not picked among what was shown.
  if (REFINED.has(action) && (namesAny(query) || isDescribed) && mentioned.some(({ kind }) => kind === 'most'))
    return undefined;
  // Who says what somebody likes, or looks for a gift, wishes for that.
  if (intent === 'like' && !namesGoods && !pointsAt && !fits && !talksOfOne) return undefined;
  // "This one, please", of the one that is talked of, takes it.
  if (
    action === 'select' &&
    talksOfOne &&
    mentioned.every(({ kind }) => kind === 'pronoun') &&
    !isDescribed &&
    !namesGoods
  )
    return confidence < CERTAIN ? undefined : { action: 'add', language, references: [] };
  if (intent === 'for-you' && (wanted.genders.length > 0 || wanted.kids)) return undefined;
  const isNamed = pointsAt || namesGoods || fits !== undefined;
  const number = isNamed ? undefined : pointedAt(text, [], state.shown?.length ?? 0);
  // Of one product that is talked of a number tells how many.
  const count = quantity ?? (isCounted && (talksOfOne || isNamed) ? countIn(numbers) : undefined);
  const spot = isCounted && talksOfOne ? undefined : number;
  const references: readonly Reference[] =
    spot && quantity === undefined
      ? [spot]
      : !pointsAt && fits !== undefined && !(talksOfOne && !namesAny(query) && isCounted)
        ? [{ kind: 'position', at: fits }]
        : namesGoods && mentioned.length === 0
          ? // What is named is looked for among what was shown first.
            [{ kind: 'described', words: text }]
          : mentioned;
  // "I'll take it in blue."
  const variant = isCounted && talksOfOne && wanted.colors.length + wanted.sizes.length > 0 ? text : undefined;
  const isByLooks = spot === undefined && !pointsAt && fits !== undefined;
  return {
    ...{ action, language, references },
    ...(isByLooks && !namesGoods && { byLooks: true as const }),
    ...(count !== undefined && { quantity: count }),
    ...(again && isCounted && { again }),
    ...(variant && { variant }),
  };
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
