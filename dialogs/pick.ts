import type { Flow, FlowResult, Turn } from '../src/dialog';
import { lastPhoto } from '../src/dialog';
import { type Command, type CommandAction, nearestVariant, type Product, type Resolved } from '../src/domain';
import { withoutAsides } from './asides';
import { withLooks } from './by-looks';
import { find } from './find';
import { complements } from './goes-with';
import { like } from './like';
import { more } from './more';
import { searchByNewPhoto } from './photo-search';
import { details, similar } from './product';
import { refines } from './refine';
import { changeOf, vary } from './vary';

const ACTIONS: ReadonlySet<CommandAction | undefined> = new Set([
  'select',
  'details',
  'similar',
  'like',
  'unlike',
  'goesWith',
]);

/** "The second one", "tell me more about it", "something like number 3": one of the products that were shown. */
export const pick: Flow = {
  id: 'pick',
  handles: ({ photo, message, command, shown, focus, state }) =>
    photo === undefined &&
    message.kind === 'message' &&
    ACTIONS.has(command?.action) &&
    (shown().length > 0 || focus() !== undefined || (pointsAtPhoto(command) && lastPhoto(state) !== undefined)),
  run: async (turn) => {
    const { command, state } = turn;
    if (!command) return find.run(turn);
    // "Number 3, the flowery one": the first says which.
    const references = command.references.slice(0, 1);
    const sent = pointsAtPhoto(command) ? lastPhoto(state) : undefined;
    if (sent) return searchByNewPhoto(turn, command.change ?? '', sent);
    const resolved = await turn.resolve(references);
    const isBare = command.action === 'select';
    const describes = references.some(({ kind }) => kind === 'described');
    const otherwise = await refinement(turn, command, resolved.kind === 'unclear');
    if (otherwise) return find.run({ ...turn, command: undefined, message: { ...turn.message, text: otherwise } });
    // "The same but cheaper", of several that were shown: what was looked for is meant.
    if (command.change !== undefined && (resolved.kind === 'unclear' || resolved.kind === 'unknown')) {
      const change = await changeOf(turn, turn.shown(), command.change);
      if (describes || !refines(change)) return find.run(turn);
      return find.run({ ...turn, command: undefined, message: { ...turn.message, text: change.text } });
    }
    if (resolved.kind === 'beyond' && saysSize(turn)) return find.run({ ...turn, command: undefined });
    // What is like none that was shown, or like several, is another wish.
    if (resolved.kind === 'unknown' || (resolved.kind === 'unclear' && isBare && describes)) return find.run(turn);
    const pages =
      (command.action === 'similar' && state.lastSearch?.photo) ||
      // "The other one", where there are several: others than those.
      (isBare && state.lastSearch && references.some(({ kind }) => kind === 'other'));
    if (resolved.kind === 'unclear' && pages) return more.run(paging(turn));
    // "Show me in blue", of several: a wish that refines.
    if (resolved.kind !== 'found')
      return command.variant === undefined ? which(turn, command, resolved) : find.run(turn);
    const [product] = resolved.products;
    if (!product) return find.run(turn);
    if (command.change !== undefined) return vary(turn, product, command.change);
    const picking = command.byLooks || describes ? { ...turn, state: await withLooks(turn) } : turn;
    if (command.variant === undefined) return act(picking, command.action, product);
    const variant = nearestVariant(product, turn.pick(command.variant, turn.variants(product)));
    return variant ? act(picking, command.action, variant) : find.run(turn);
  },
};

/**
 * "These in green", of a photo, where no single product is talked of; "the same in L", of several: the words that refine what
 * was looked for.
 */
async function refinement(
  turn: Turn,
  { action, change, references }: Command,
  isUnclear: boolean,
): Promise<string | undefined> {
  const { state, message } = turn;
  const [first] = references;
  const points = first !== undefined && ['pronoun', 'these', 'all'].includes(first.kind);
  const ofPhoto = state.lastSearch?.photo !== undefined && turn.focus() === undefined && change !== undefined;
  if (!points || !(ofPhoto || (isUnclear && action === 'select'))) return undefined;
  const meant = await withoutAsides(turn, await changeOf(turn, turn.shown(), change ?? message.text));
  return refines(meant) ? meant.text : undefined;
}

/** "En 43 svp", beside shoes: no place in what was shown. */
export function saysSize({ message, shown }: Turn): boolean {
  return shown().some(({ size = '' }) => /^\d+$/.test(size)) && /^\D*\d{2}\D*$/.test(message.text);
}

const pointsAtPhoto = (command: Command | undefined) =>
  command?.references.some(({ kind }) => kind === 'photo') === true;

/** "More like this", after a photo: the next page of what is like it. */
const paging = (turn: Turn): Turn => ({ ...turn, intent: 'more' });

async function act(turn: Turn, action: CommandAction, product: Product): Promise<FlowResult> {
  const changes = [{ kind: 'event', productId: product.id, event: 'view' }] as const;
  switch (action) {
    case 'similar':
      return { ...(await similar(turn, product, 0)), changes };
    case 'goesWith':
      return complements(turn, product, 0);
    case 'like':
    case 'unlike': {
      const liked = await like.run({
        ...turn,
        message: { ...turn.message, action: { name: action, productId: product.id } },
      });
      return { ...liked, state: { ...liked.state, lastProduct: product.id } };
    }
    default:
      return details(turn, product);
  }
}

/** Asks which product a command means. */
export function which(
  { language, state }: Turn,
  command: Command,
  resolved: Exclude<Resolved, { kind: 'found' | 'unknown' }>,
): FlowResult {
  const asking = { about: 'which', command } as const;
  if (resolved.kind === 'beyond') {
    return { outcome: { kind: 'beyond', language, shown: resolved.shown }, state: { ...state, language, asking } };
  }
  return {
    outcome: { kind: 'whichOne', language, products: resolved.among },
    state: { ...state, language, asking },
  };
}
