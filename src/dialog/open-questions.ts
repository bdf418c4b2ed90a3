import type { DialogOutcome, PhraseIntent, Reply, StillOpen } from '../domain';
import type { ConversationState, FlowResult, Turn } from './flow';
import type { OpenQuestion, Question } from './questions';

/** For so many milliseconds, and for so many turns about something else, a question stays open. */
const LIFETIME = 15 * 60_000;
const MOST_TURNS = 3;
/** What nobody needs an answer to is reminded of once. */
const PASSING: ReadonlySet<Question['about']> = new Set(['comment', 'facet', 'rating', 'ratingComment']);
const MOST_CHOICES = 6;
/** What lets go of all that was asked. */
const LETS_GO: ReadonlySet<PhraseIntent | undefined> = new Set(['cancel', 'startOver', 'forgetMe', 'goodbye']);

/** What a question about the results that are shown outlives. */
const BESIDE_RESULTS: ReadonlySet<DialogOutcome['kind']> = new Set([
  'help',
  'answer',
  'unanswered',
  'order',
  'orderFound',
  'person',
  'manners',
  'greeting',
  'empty',
  'attachment',
  'unheard',
  'photoFault',
]);

/** Does a turn's answer take a question up: is it answered, asked anew or dropped? All else came between. */
const TAKES_UP: { readonly [About in Question['about']]: (result: FlowResult, turn: Turn) => boolean } = {
  order: ({ outcome: { kind } }) => kind === 'order' || kind === 'orderFound',
  variant: ({ outcome }) =>
    outcome.kind === 'askVariant' ||
    outcome.kind === 'gone' ||
    (outcome.kind === 'basket' && outcome.said !== 'shown' && outcome.said !== 'notIn'),
  alert: ({ outcome: { kind } }) => kind === 'alert' || kind === 'askVariant' || kind === 'gone',
  // It is asked of what was shown: among other products it has no answer.
  which: (result, turn) => turn.command !== undefined || showsOthers(result, turn),
  facet: ({ outcome: { kind } }) => !BESIDE_RESULTS.has(kind),
  // A number would point at what is shown.
  rating: (result, turn) => result.outcome.kind === 'rating' || showsOthers(result, turn),
  ratingComment: ({ outcome: { kind } }) => kind === 'rating',
  like: isSettled,
  forYou: isSettled,
  // It was offered because the bot could not help: whatever it did next lets it go.
  person: ({ outcome: { kind } }) => kind !== 'help',
  message: isOfPeople,
  // What is shared must be agreed to right then.
  pair: () => true,
  join: () => true,
  comment: (result) => isOfPeople(result) || result.outcome.kind === 'thanks',
};

function showsOthers({ state }: FlowResult, turn: Turn): boolean {
  return state.shown !== turn.state.shown;
}

/** Whoever likes something else is told why that isn't kept. */
const OF_CONSENT: ReadonlySet<string> = new Set(['consented', 'declined', 'forYou', 'liked', 'unliked', 'known']);

function isSettled({ outcome }: FlowResult): boolean {
  return OF_CONSENT.has(outcome.kind);
}

function isOfPeople({ outcome: { kind } }: FlowResult): boolean {
  return kind === 'person';
}

/** The questions of a state that may still be answered, the newest last. */
export function openIn({ open = [] }: ConversationState, now: number): readonly OpenQuestion[] {
  return open.filter(({ at }) => now - at < LIFETIME);
}

/**
 * The result with the questions that are open after it, and the one that its answer reminds of: the newest that something
 * else came between. An answer that asks something itself reminds of nothing: one question at a time.
 *
 * @param now milliseconds since 1970
 */
export function withOpen(
  result: FlowResult,
  turn: Turn,
  now: number,
): { readonly result: FlowResult; readonly reminder?: StillOpen } {
  const { asking, open: _, ...state } = result.state;
  const kept = LETS_GO.has(turn.intent) ? [] : turn.open.flatMap((each) => leftOpen(each, result, turn));
  const fresh = asking && { question: asking, at: now, turns: 0, choices: [] };
  const open = fresh ? [...kept.filter(({ question }) => question.about !== asking.about), fresh] : kept;
  const last = kept.at(-1);
  const reminder = last && !fresh ? reminderOf(last, result.state, turn) : undefined;
  return {
    result: { ...result, state: { ...state, ...(open.length > 0 && { open }) } },
    ...(reminder && { reminder }),
  };
}

function leftOpen(each: OpenQuestion, result: FlowResult, turn: Turn): OpenQuestion[] {
  const { question } = each;
  const turns = each.turns + 1;
  const answered = question === turn.asked && (turn.intent === 'yes' || turn.intent === 'no');
  const isAgain = result.outcome.kind === 'again';
  const most = PASSING.has(question.about) ? 1 : MOST_TURNS;
  if (turns > most || (answered && !isAgain) || TAKES_UP[question.about](result, turn)) return [];
  return [{ ...each, turns }];
}

function reminderOf(
  { question, choices }: OpenQuestion,
  { order }: ConversationState,
  turn: Turn,
): StillOpen | undefined {
  switch (question.about) {
    case 'pair':
    case 'join':
      return undefined;
    case 'order':
      return { about: order?.number === undefined ? 'order' : 'orderEmail', choices };
    case 'alert':
    case 'variant': {
      const product = turn.product(question.productId);
      return { about: 'variant', choices, ...(product && { product }) };
    }
    case 'like':
    case 'forYou':
      return { about: 'consent', choices };
    case 'message':
      return { about: question.text === undefined ? 'message' : 'messageEmail', choices };
    case 'facet':
      return { about: 'facet', facet: question.facet, choices };
    case 'ratingComment':
      return { about: 'comment', choices };
    default:
      return { about: question.about, choices };
  }
}

/** The state with what the reply offers as answers to the question that it asks. */
export function withChoices(state: ConversationState, { suggestions }: Reply): ConversationState {
  const { open = [] } = state;
  const fresh = open.at(-1);
  if (!fresh || fresh.turns > 0) return state;
  return { ...state, open: [...open.slice(0, -1), { ...fresh, choices: suggestions.slice(0, MOST_CHOICES) }] };
}
