import type { Flow, FlowResult, Turn } from '../src/dialog';
import type { PairingOutcome } from '../src/domain';

/** "Continue on my phone": a code leads another device to the same basket and likes, until the two are unlinked. */
export const pairing: Flow = {
  id: 'pairing',
  handles: (turn) => {
    const { message, photo, command, intent, asked } = turn;
    if (message.kind !== 'message' || message.action || photo !== undefined) return false;
    // What is written for a person, or as the number of an order, is no code.
    if (asked?.about === 'message' || asked?.about === 'comment') return false;
    if (command?.action === 'join') return asked?.about !== 'order';
    if (command?.action === 'pair' || command?.action === 'unpair') return true;
    const isAsked = asked?.about === 'pair' || asked?.about === 'join';
    if (isAsked && (intent === 'yes' || intent === 'no' || intent === 'cancel')) return true;
    return intent === 'cancel' && turn.pairing.hasCode && turn.person.state === 'bot';
  },
  run: async (turn) => {
    const { command, intent, asked, pairing: own, state, profile } = turn;
    if (!own.possible) return say(turn, { said: 'impossible' });
    switch (command?.action) {
      case 'join':
        return confirm(turn, command.code ?? '');
      case 'unpair':
        return own.isPaired
          ? { ...say(turn, { said: 'unlinked' }), pairing: { kind: 'unlink' } }
          : say(turn, { said: 'notLinked' });
      case 'pair':
        if (profile.consented) return shown(turn);
        return {
          ...say(turn, { said: 'ask' }),
          state: { ...state, language: turn.language, asking: { about: 'pair' } },
        };
    }
    if (intent === 'yes' && asked?.about === 'pair') {
      return { ...shown(turn, { remembers: true }), changes: [{ kind: 'consent' }] };
    }
    if (intent === 'yes' && asked?.about === 'join') return joined(turn, asked.digest);
    if (intent === 'cancel' && own.hasCode) return { ...say(turn, { said: 'revoked' }), pairing: { kind: 'revoke' } };
    return say(turn, { said: 'declined' });
  },
};

function shown(turn: Turn, also: Partial<PairingOutcome> = {}): FlowResult {
  const { code, digest, until } = turn.pairing.draw();
  return { ...say(turn, { said: 'code', code, ...also }), pairing: { kind: 'code', digest, until } };
}

/** Nothing is shared before the shopper says yes. */
function confirm(turn: Turn, code: string): FlowResult {
  const found = turn.pairing.check(code);
  if (found.kind !== 'open') return say(turn, { said: found.kind });
  const { digest } = found;
  const asking = { about: 'join', digest } as const;
  return { ...say(turn, { said: 'confirm' }), state: { ...turn.state, language: turn.language, asking } };
}

/** Who says yes may be remembered, and goes on where the other device was. */
function joined(turn: Turn, digest: string): FlowResult {
  const found = turn.pairing.recheck(digest);
  if (found.kind !== 'open') return say(turn, { said: found.kind });
  const { items, likes, view } = found;
  const { lastSearch: _search, shown: _shown, lastProduct: _product, ...rest } = turn.state;
  return {
    ...say(turn, { said: 'joined', remembers: true, items, likes, ...(view && { products: view.products }) }),
    state: { ...(view ? { ...rest, ...view.state } : turn.state), language: turn.language },
    changes: [{ kind: 'consent' }],
    pairing: { kind: 'join', digest },
  };
}

function say(
  { language, state }: Turn,
  outcome: Omit<PairingOutcome, 'kind' | 'language'>,
): Pick<FlowResult, 'outcome' | 'state'> {
  return { outcome: { kind: 'pairing', language, ...outcome }, state: { ...state, language } };
}
