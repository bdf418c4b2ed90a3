import type { ConversationState, Flow, FlowResult, Turn } from '../src/dialog';
import { emailIn, orderNumberIn, type PhraseIntent } from '../src/domain';

/** So many wrong pairs within so many milliseconds, and no further one is looked up. */
const MOST_TRIES = 5;
const WINDOW = 15 * 60_000;
const DROPS: ReadonlySet<PhraseIntent | undefined> = new Set(['no', 'cancel']);
/** What may be a number of a form that isn't known: one word with digits. */
const MAYBE_NUMBER = /^[^\s@]*\d[^\s@]*$/u;

/** Where an order is: shown to who names its number and its e-mail address, at once or one after the other. */
export const order: Flow = {
  id: 'order',
  handles: (turn) => {
    const { message, intent, service, asked, state, hasOrders } = turn;
    if (!hasOrders || message.kind !== 'message' || message.action) return false;
    // What is to be passed on to a person may be about an order, too, and the address be where that is answered.
    const isPassedOn = asked?.about === 'message' && (asked.text === undefined || emailIn(message.text) !== undefined);
    if (isPassedOn || asked?.about === 'comment') return false;
    if (service?.topic === 'order-status') return true;
    const { number, email } = said(turn);
    const isAsked = asked?.about === 'order';
    if (isAsked && (DROPS.has(intent) || MAYBE_NUMBER.test(message.text.trim()))) return true;
    // Something else may be said in between; number or address go on where it stopped. Right after the question they are its
    // answer, whatever else the words may mean.
    return (isAsked || service === undefined) && state.order !== undefined && (number ?? email) !== undefined;
  },
  run: async (turn) => {
    const { intent, state, person } = turn;
    if (DROPS.has(intent)) return say(turn, 'dropped', { ...state, order: undefined });
    const tries = (state.orderTries ?? []).filter((at) => turn.now - at < WINDOW);
    const offersPerson = person.on && person.state === 'bot';
    if (tries.length >= MOST_TRIES) return say(turn, 'refused', { ...state, order: undefined }, offersPerson);
    const { number = state.order?.number, email = state.order?.email } = said(turn);
    const known = { ...state, order: { number, email } };
    if (number === undefined) return say(turn, email === undefined ? 'askBoth' : 'askNumber', known);
    if (email === undefined) return say(turn, 'askEmail', known);
    const found = await turn.order(number, email);
    if (found === 'failed') return say(turn, 'failed', { ...state, order: undefined }, offersPerson);
    if (found) {
      const language = languageOf(turn);
      const { order: _order, orderTries: _tries, ...rest } = state;
      return { outcome: { kind: 'orderFound', language, order: found }, state: { ...rest, language } };
    }
    const wrong = { ...state, order: {}, orderTries: [...tries, turn.now] };
    if (wrong.orderTries.length < MOST_TRIES) return say(turn, 'notFound', wrong);
    return say(turn, 'refused', { ...wrong, order: undefined }, offersPerson);
  },
};

function said({ message }: Turn): { number?: string | undefined; email?: string | undefined } {
  return { number: orderNumberIn(message.text), email: emailIn(message.text) };
}

function languageOf({ service, language }: Turn): Turn['language'] {
  return service?.language ?? language;
}

/** Where no person is offered and the order is still wanted, what comes next answers this. */
function say(
  turn: Turn,
  what: Extract<FlowResult['outcome'], { kind: 'order' }>['say'],
  { order: wanted, ...rest }: Omit<ConversationState, 'order'> & { order?: ConversationState['order'] | undefined },
  offersPerson = false,
): FlowResult {
  const language = languageOf(turn);
  const asking = offersPerson
    ? ({ asking: { about: 'person', reason: 'gaveUp' } } as const)
    : wanted && ({ asking: { about: 'order' } } as const);
  return {
    outcome: { kind: 'order', language, say: what, offersPerson },
    state: { ...rest, language, ...(wanted && { order: wanted }), ...asking },
  };
}
