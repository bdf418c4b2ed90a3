import type { ConsentQuestion, Flow, FlowResult, Turn } from '../src/dialog';

/** "For you": what the shopper may like; the first time the shop asks whether it may remember. */
export const forYou: Flow = {
  id: 'for-you',
  handles: ({ intent, photo }) => intent === 'forYou' && photo === undefined,
  run: async (turn) => (mayAsk(turn) ? ask(turn, { about: 'forYou' }) : recommendations(turn, 0)),
};

/** Is this the one time to ask whether the shop may remember? */
export function mayAsk({ profile, state }: Turn): boolean {
  return profile.possible && !profile.consented && state.consentAsked === undefined;
}

export function ask({ language, state }: Turn, asking: ConsentQuestion): FlowResult {
  return {
    outcome: { kind: 'askConsent', language, about: asking.about },
    state: { ...state, language, consentAsked: true, asking },
  };
}

/** Recommendations from `offset` on; `answered` is what was said just now to the question whether the shop may remember. */
export async function recommendations(turn: Turn, offset: number, answered?: 'yes' | 'no'): Promise<FlowResult> {
  const { language, state } = turn;
  const recommended = await turn.forYou(offset);
  const continued = offset > 0;
  if (recommended.results.length === 0) {
    return { outcome: { kind: continued ? 'noMore' : 'nothing', language }, state: { ...state, language } };
  }
  const lastSearch = { text: '', language, shown: offset + recommended.results.length, forYou: true as const };
  return {
    outcome: { kind: 'forYou', language, recommended, continued, ...(answered && { answered }) },
    state: { ...state, language, lastSearch: continued ? { ...state.lastSearch, ...lastSearch } : lastSearch },
  };
}
