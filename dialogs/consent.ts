import { type Flow, type FlowResult, startedOver, type Turn } from '../src/dialog';
import type { ProfileChange } from '../src/domain';
import { recommendations } from './for-you';

const INTENTS: ReadonlySet<string | undefined> = new Set(['remember', 'whatYouKnow', 'forgetMe']);

/** What the shop may remember: the answer to its question, and what a shopper says of it unasked. */
export const consent: Flow = {
  id: 'consent',
  handles: ({ intent, photo, asked }) => {
    if (photo !== undefined) return false;
    const isAsked = asked?.about === 'like' || asked?.about === 'forYou';
    return INTENTS.has(intent) || (isAsked && (intent === 'yes' || intent === 'no'));
  },
  run: async (turn) => {
    const { intent, language, state, profile } = turn;
    const name = state.courtesy?.name;
    switch (intent) {
      case 'whatYouKnow':
        return {
          outcome: { kind: 'known', language, known: profile.known(), ...(name !== undefined && { name }) },
          state: { ...state, language },
        };
      case 'forgetMe':
        return forget(turn);
      case 'no':
        return decline(turn);
      default:
        return profile.possible ? accept(turn) : decline(turn);
    }
  },
};

/** A like that waited is kept; who asked for recommendations gets them. */
async function accept(turn: Turn): Promise<FlowResult> {
  const { asked, language, state } = turn;
  const settled = { ...state, language, consentAsked: true as const };
  if (asked?.about === 'forYou') {
    return { ...(await recommendations({ ...turn, state: settled }, 0, 'yes')), changes: [{ kind: 'consent' }] };
  }
  const changes: ProfileChange[] = [{ kind: 'consent' }];
  const liked = asked?.about === 'like' ? { liked: asked.productId } : undefined;
  if (liked) changes.push({ kind: 'event', productId: liked.liked, event: 'like' });
  return { outcome: { kind: 'consented', language, ...liked }, state: settled, changes };
}

async function decline(turn: Turn): Promise<FlowResult> {
  const { asked, language, state } = turn;
  if (asked?.about === 'forYou') return recommendations(turn, 0, 'no');
  return { outcome: { kind: 'declined', language }, state: { ...state, language } };
}

/** Whoever wants to be forgotten is not asked again; what was talked of goes, too. */
function forget({ language, state }: Turn): FlowResult {
  const { courtesy: _courtesy, ...rest } = startedOver(state, language);
  return {
    outcome: { kind: 'forgotten', language },
    state: { ...rest, consentAsked: true },
    changes: [{ kind: 'erase' }],
  };
}
