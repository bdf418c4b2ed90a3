import type { Flow, FlowResult, RatingQuestion, Turn } from '../src/dialog';
import { scoreIn } from './score';

/** How well the shopper was served without a person: a score, then words if they like. Anything else lets it go. */
export const rating: Flow = {
  id: 'rating',
  handles: ({ message, asked, intent }) => {
    if (message.kind !== 'message' || message.action) return false;
    if (asked?.about === 'rating') return scoreIn(message.text) !== undefined;
    return asked?.about === 'ratingComment' && (asked.wanted || intent === 'yes' || intent === 'no');
  },
  run: async (turn) => {
    const { asked, message, intent } = turn;
    const text = message.text.trim();
    if (asked?.about === 'rating') {
      const { askedAt } = asked;
      const change = { kind: 'rate', askedAt, score: scoreIn(text) ?? 0 } as const;
      return { ...say(turn, 'rated', { about: 'ratingComment', askedAt, wanted: false }), rating: change };
    }
    const { askedAt, wanted } = asked as Extract<RatingQuestion, { about: 'ratingComment' }>;
    if (intent === 'no' || intent === 'cancel' || text === '') return say(turn, 'commented');
    if (!wanted) return say(turn, 'askComment', { about: 'ratingComment', askedAt, wanted: true });
    return { ...say(turn, 'commented'), rating: { kind: 'comment', askedAt, text } };
  },
};

function say(
  { language, state }: Turn,
  what: Extract<FlowResult['outcome'], { kind: 'rating' }>['say'],
  asking?: RatingQuestion,
): FlowResult {
  return { outcome: { kind: 'rating', language, say: what }, state: { ...state, language, ...(asking && { asking }) } };
}
