import { type ConversationState, countedAnswer, type Flow, type FlowResult, type Turn } from '../src/dialog';
import { firstName, type HelpTopic, type PhraseIntent } from '../src/domain';

type Courteous = 'greeting' | 'thanks' | 'goodbye';
const INTENTS: ReadonlySet<PhraseIntent | undefined> = new Set(['greeting', 'help', 'thanks', 'goodbye']);
/** How often a shopper is asked how well they were served, in milliseconds. */
const RATES_EVERY = 24 * 3600 * 1000;

/** Opening, greeting, help, thanks, goodbye, and messages without words. */
export const smallTalk: Flow = {
  id: 'small-talk',
  handles: ({ message, intent }) => message.kind === 'opened' || message.text.trim() === '' || INTENTS.has(intent),
  run: async (turn) => {
    const { message, intent, language, state } = turn;
    if (message.kind === 'opened') return courteous(turn, 'greeting');
    if (message.text.trim() === '') {
      const kind = message.hasAttachments ? 'attachment' : 'empty';
      return { outcome: { kind, language }, state: { ...state, language } };
    }
    if (intent === 'help')
      return { outcome: { kind: 'help', language, can: possible(turn) }, state: { ...state, language } };
    return courteous(turn, intent as Courteous);
  },
};

/** A greeting bears the name that the channel told or the shopper said, a goodbye only the one that was said. */
function courteous(turn: Turn, kind: Courteous): FlowResult {
  const { language, message } = turn;
  const { state, before } = countedAnswer(turn.state, kind);
  const said = state.courtesy?.name;
  const name = kind === 'greeting' ? (said ?? message.name) : kind === 'goodbye' ? said : undefined;
  const isAsked = kind !== 'greeting' && mayBeRated(turn);
  return {
    outcome: {
      kind,
      language,
      before,
      ...(name !== undefined && { name: firstName(name) }),
      ...(isAsked && { asksRating: true }),
    },
    state: { ...(isAsked ? asking(state, turn.now) : state), language },
  };
}

/** Once a day, after a question was answered or an order shown, where no person took part who is rated instead. */
function mayBeRated({ state, person, now }: Turn): boolean {
  const { servedAt, ratingAskedAt = Number.NEGATIVE_INFINITY } = state.courtesy ?? {};
  return servedAt !== undefined && now - ratingAskedAt >= RATES_EVERY && person.state === 'bot' && !person.lately;
}

function asking(state: ConversationState, now: number): ConversationState {
  const { servedAt: _servedAt, ...courtesy } = state.courtesy ?? {};
  return { ...state, courtesy: { ...courtesy, ratingAskedAt: now }, asking: { about: 'rating', askedAt: now } };
}

/** What can be done now, the nearest first. */
function possible({ state, basket, hasOrders, shown }: Turn): HelpTopic[] {
  const products = shown().length;
  return [
    ...(products > 0 && state.lastSearch ? (['refine'] as const) : []),
    ...(products > 1 ? (['compare'] as const) : []),
    ...(products > 0 ? (['details'] as const) : []),
    ...(basket.items().length > 0 ? (['basket'] as const) : []),
    ...(hasOrders ? (['order'] as const) : []),
    'question',
    'language',
  ];
}
