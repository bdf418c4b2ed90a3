import type { Flow, FlowResult, Turn } from '../src/dialog';
import { type Command, isAvailable, nearestVariant, PRODUCT_QUESTIONS, type Product } from '../src/domain';
import { find } from './find';
import { saysSize, which } from './pick';
import { substitutes } from './substitutes';
import { resolveOrTalkedOf } from './talked-of';

/** "What do reviewers say about it?", "is the second in stock?", "which sizes are there?", "something instead of it". */
export const fact: Flow = {
  id: 'fact',
  handles: ({ photo, message, command, shown, focus }) => {
    if (photo !== undefined || message.kind !== 'message' || !command || !asks(command)) return false;
    const isThere = shown().length > 0 || focus() !== undefined;
    // What is described, and was not shown, is looked for.
    return isThere || command.references.every(({ kind }) => kind === 'pronoun');
  },
  run: async (turn) => {
    const { command, language, state } = turn;
    if (!command) return find.run(turn);
    if (turn.shown().length === 0 && turn.focus() === undefined) {
      return { outcome: { kind: 'whichProduct', language }, state: { ...state, language } };
    }
    const resolved = await resolveOrTalkedOf(turn, command.references.slice(0, 1));
    // "Are there any in black?", "size 38?", of several: what is looked for is meant.
    const isWish = resolved.kind === 'beyond' ? saysSize(turn) : command.variant !== undefined;
    if (resolved.kind === 'unknown' || (resolved.kind !== 'found' && isWish))
      return find.run({ ...turn, command: undefined });
    if (resolved.kind !== 'found') return which(turn, command, resolved);
    const [product] = resolved.products;
    return product ? tell(turn, command, product) : find.run(turn);
  },
};

const asks = ({ action }: Command): boolean => action === 'substitutes' || questionOf(action) !== undefined;

const questionOf = (action: Command['action']) => PRODUCT_QUESTIONS.find((each) => each === action);

async function tell(turn: Turn, { action, variant }: Command, product: Product): Promise<FlowResult> {
  const about = questionOf(action);
  if (about === undefined) return substitutes(turn, product);
  const { language, state } = turn;
  const variants = turn.variants(product);
  const named = variant === undefined ? [] : turn.pick(variant, variants);
  const meant = nearestVariant(product, named) ?? product;
  const missing = variant !== undefined && named.length === 0;
  const isOut = about === 'stock' && !missing && !isAvailable(meant);
  const found = isOut ? await turn.substitutes(meant) : [];
  return {
    outcome: { kind: 'told', language, about, product: meant, variants, missing, substitutes: found },
    state: { ...state, language, lastProduct: meant.id },
    changes: [{ kind: 'event', productId: meant.id, event: 'view' }],
  };
}
