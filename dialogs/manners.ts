import { countedAnswer, type Flow, type FlowResult, type Turn } from '../src/dialog';
import type { MannerOutcome } from '../src/domain';

/** So many insults in a row, and a person is offered. */
const OFFERS_AFTER = 2;

/** Small talk, insults, another language, and what the shopper is called. */
export const manners: Flow = {
  id: 'manners',
  handles: ({ manner, photo }) => manner !== undefined && photo === undefined,
  run: async (turn) => {
    const { manner, state } = turn;
    switch (manner?.kind) {
      case 'switch': {
        if (!manner.to) return say(turn, { say: 'unspoken' });
        const { other: _other, ...speaks } = state.speaks ?? {};
        const speaking = {
          ...turn,
          language: manner.to,
          state: { ...state, speaks: { ...speaks, chosen: true as const } },
        };
        return say(speaking, { say: 'switched' });
      }
      case 'name': {
        const { name } = manner;
        return say({ ...turn, state: { ...state, courtesy: { ...state.courtesy, name } } }, { say: 'named', name });
      }
      case 'abuse':
        return insulted(turn);
      default:
        return say(turn, { say: manner?.kind ?? 'chat' });
    }
  },
};

/** Never scolded; by the second time in a row a person may do better. */
function insulted(turn: Turn): FlowResult {
  const { state, person } = turn;
  const insults = (state.courtesy?.insults ?? 0) + 1;
  const offersPerson = insults >= OFFERS_AFTER && person.on && person.state === 'bot';
  const result = say(turn, { say: 'abuse', offersPerson });
  return {
    ...result,
    state: {
      ...result.state,
      courtesy: { ...result.state.courtesy, insults },
      ...(offersPerson && { asking: { about: 'person', reason: 'sentiment' } }),
    },
  };
}

type Said<T = MannerOutcome> = T extends MannerOutcome ? Omit<T, 'kind' | 'language' | 'before' | 'searched'> : never;

function say({ language, state }: Pick<Turn, 'language' | 'state'>, said: Said): FlowResult {
  const counted = countedAnswer(state, said.say);
  const searched = state.lastSearch !== undefined;
  return {
    outcome: { kind: 'manners', language, before: counted.before, searched, ...said } as MannerOutcome,
    state: { ...counted.state, language },
  };
}
