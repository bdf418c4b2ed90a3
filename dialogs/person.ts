import type { Flow, FlowResult, PersonQuestion, Turn } from '../src/dialog';
import { type EscalationReason, emailIn, type PersonSaid, type PhraseIntent } from '../src/domain';
import { find } from './find';
import { scoreIn } from './score';

const INTENTS: ReadonlySet<PhraseIntent | undefined> = new Set(['person', 'leaveMessage', 'keepChatting', 'cancel']);
/** What is said instead of an answer to a question about people. */
const DROPS: ReadonlySet<PhraseIntent | undefined> = new Set(['no', 'cancel', 'keepChatting']);
/** People: asking for one, waiting, leaving a message, and what is thought of them afterwards. */
export const person: Flow = {
  id: 'person',
  handles: (turn) => {
    const { message, intent, asked } = turn;
    if (message.kind !== 'message' || message.action) return false;
    if (!turn.person.on) return intent === 'person' || intent === 'leaveMessage';
    return INTENTS.has(intent) || answers(turn, asked) || ratingOf(turn) !== undefined;
  },
  run: async (turn) => {
    const { asked, intent, person: view } = turn;
    if (!view.on) return say(turn, { say: 'nobody' });
    if (answers(turn, asked) && asked?.about === 'message') return leaving(turn, asked);
    if (answers(turn, asked) && asked?.about === 'comment') return commenting(turn, asked);
    if (asked?.about === 'person' && intent === 'yes') return wanted(turn, asked.reason);
    const score = ratingOf(turn);
    if (score !== undefined && view.unrated !== undefined) return rated(turn, view.unrated, score);
    switch (intent) {
      case 'person':
        return wanted(turn, 'asked');
      case 'leaveMessage':
        return ask(turn, { about: 'message', reason: 'asked' }, { say: 'askMessage' });
      case 'cancel':
        return view.state === 'queued'
          ? { ...say(turn, { say: 'leftQueue' }), handoff: { kind: 'leaveQueue' } }
          : say(turn, { say: 'keptChatting' });
      default:
        return say(turn, { say: view.state === 'queued' ? 'keptPlace' : 'keptChatting' });
    }
  },
};

/** Is the message an answer to what was asked? A question that something else follows is let go. */
function answers(turn: Turn, asked: Turn['asked']): boolean {
  const { intent } = turn;
  switch (asked?.about) {
    case 'message':
      return !interrupts(turn, asked.text !== undefined);
    case 'comment':
      return asked.wanted ? !interrupts(turn, false) : intent === 'yes' || intent === 'no';
    case 'person':
      return intent === 'yes' || intent === 'no';
    default:
      return false;
  }
}

/** Words to pass on may be of anything but what a photo shows and "help"; what else is wanted is no address either. */
function interrupts({ photo, intent, service, command, message }: Turn, wantsAddress: boolean): boolean {
  if (photo !== undefined || intent === 'help' || intent === 'startOver') return true;
  if (!wantsAddress || emailIn(message.text) !== undefined || DROPS.has(intent)) return false;
  return (intent ?? service ?? command) !== undefined;
}

/** A place in the queue; outside of opening hours a message. */
function wanted(turn: Turn, reason: EscalationReason): FlowResult {
  const { person: view } = turn;
  if (view.state === 'queued') {
    return say(turn, { say: 'queued', isNew: false, agents: view.availability().agents });
  }
  const { isOpen, opensAt, agents } = view.availability();
  if (!isOpen) {
    return ask(turn, { about: 'message', reason }, { say: 'away', ...(opensAt !== undefined && { opensAt }) });
  }
  return { ...say(turn, { say: 'queued', isNew: true, agents }), handoff: { kind: 'escalate', reason } };
}

/** First the words, then the address; both may come at once. */
async function leaving(turn: Turn, asked: Extract<PersonQuestion, { about: 'message' }>): Promise<FlowResult> {
  const { intent, message } = turn;
  if (DROPS.has(intent)) return say(turn, { say: 'messageDropped' });
  if (intent === 'person') return wanted(turn, asked.reason);
  const said = message.text.trim();
  const text = asked.text ?? said;
  if (text === '' || (asked.text === undefined && intent === 'leaveMessage')) {
    return ask(turn, { about: 'message', reason: asked.reason }, { say: 'askMessage' });
  }
  const email = emailIn(said);
  if (email === undefined) {
    const again = asked.text !== undefined;
    // Goods that are named are looked for; the address is asked for afterwards.
    if (again && (await turn.parse(said, turn.language)).wanted.kinds.length > 0) return find.run(turn);
    return ask(turn, { about: 'message', reason: asked.reason, text }, { say: 'askEmail', again });
  }
  const handoff = { kind: 'leaveMessage', reason: asked.reason, text, email } as const;
  return { ...say(turn, { say: 'messageLeft', email }), handoff };
}

function rated(turn: Turn, ticketId: string, score: number): FlowResult {
  const question = { about: 'comment', ticketId, wanted: false } as const;
  return { ...ask(turn, question, { say: 'rated' }), handoff: { kind: 'rate', ticketId, score } };
}

function commenting(turn: Turn, asked: Extract<PersonQuestion, { about: 'comment' }>): FlowResult {
  const { intent, message, language, state } = turn;
  const { ticketId } = asked;
  const text = message.text.trim();
  if (DROPS.has(intent) || text === '') return { outcome: { kind: 'thanks', language }, state: { ...state, language } };
  if (!asked.wanted) return ask(turn, { about: 'comment', ticketId, wanted: true }, { say: 'askComment' });
  return { ...say(turn, { say: 'commented' }), handoff: { kind: 'comment', ticketId, text } };
}

/** How satisfied the shopper says they are, 1 to 5, where they were asked. */
function ratingOf({ message, person: view }: Turn): number | undefined {
  if (view.unrated === undefined) return undefined;
  return scoreIn(message.text);
}

function ask(turn: Turn, asking: PersonQuestion, said: PersonSaid): FlowResult {
  const result = say(turn, said);
  return { ...result, state: { ...result.state, asking } };
}

function say({ language, state }: Turn, said: PersonSaid): FlowResult {
  return { outcome: { kind: 'person', language, ...said }, state: { ...state, language } };
}
