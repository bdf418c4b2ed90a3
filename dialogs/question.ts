import type { Flow, FlowResult, Turn } from '../src/dialog';
import { find } from './find';

/** From this confidence on nothing else may be meant. */
const CERTAIN = 0.8;

/** Questions on delivery, returns, payment …: answered with the merchant's own words, or not at all. */
export const question: Flow = {
  id: 'question',
  handles: ({ service }) => service !== undefined,
  run: async (turn) => {
    const { message, service, state } = turn;
    const language = service?.language ?? turn.language;
    const topic = service?.topic;
    const found = await turn.answer({ text: message.text, language, ...(topic && { topic }) });
    if (!found?.sure) return unanswered(turn, language, found?.near ?? []);
    const { passage, confidence } = found;
    const near = confidence < CERTAIN ? found.near.filter((each) => each !== passage) : [];
    const foreign = passage.language !== language;
    return { outcome: { kind: 'answer', language, passage, near, foreign }, state: { ...state, language } };
  },
};

/** A product that is named may be what is wanted; otherwise the bot says that it doesn't know, and offers a person. */
async function unanswered(
  turn: Turn,
  language: Turn['language'],
  near: Extract<FlowResult['outcome'], { kind: 'unanswered' }>['near'],
): Promise<FlowResult> {
  const { message, person, state } = turn;
  const { wanted } = await turn.parse(message.text, language);
  if (wanted.kinds.length > 0) return find.run(turn);
  const offersPerson = person.on && person.state === 'bot';
  return {
    outcome: { kind: 'unanswered', language, near, offersPerson },
    state: { ...state, language, ...(offersPerson && { asking: { about: 'person', reason: 'gaveUp' } }) },
  };
}
