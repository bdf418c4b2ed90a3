import type { Flow, FlowResult, Turn } from '../src/dialog';
import type { BasketItem, Command, CommandAction, Product } from '../src/domain';
import { addTo, put } from './basket-add';
import { changesOf, said } from './basket-result';
import { find } from './find';
import { namesOther } from './other-kind';
import { pick, which } from './pick';
import { resolveOrTalkedOf } from './talked-of';

const ACTIONS: ReadonlySet<CommandAction | undefined> = new Set([
  'add',
  'quantity',
  'remove',
  'empty',
  'basket',
  'checkout',
]);
const BUTTONS: ReadonlySet<string | undefined> = new Set(['basketAdd', 'basketRemove']);

/** The basket: putting in, how many, taking out, showing, paying; the size or colour that is needed is asked for. */
export const basket: Flow = {
  id: 'basket',
  handles: (turn) => {
    if (turn.photo !== undefined || turn.message.kind !== 'message') return false;
    if (BUTTONS.has(turn.message.action?.name)) return true;
    return chosen(turn) !== undefined || (ACTIONS.has(turn.command?.action) && means(turn, turn.command));
  },
  run: async (turn) => {
    const { message, command, asked, intent } = turn;
    if (!turn.basket.possible) return said(turn, 'impossible');
    if (message.action) return tapped(turn, message.action);
    if (asked?.about === 'variant' && !command) {
      if (intent === 'no') return said(turn, 'shown');
      const product = turn.product(asked.productId);
      if (!product) return { outcome: { kind: 'gone', language: turn.language }, state: turn.state };
      if (await namesOther(turn, product)) return find.run(turn);
      return addTo(turn, product, { quantity: asked.quantity, variant: message.text });
    }
    switch (command?.action) {
      case 'add':
        return adding(turn, command);
      case 'quantity':
        return counting(turn, command);
      case 'remove':
        return removing(turn, command);
      case 'empty':
        return emptying(turn);
      case 'checkout':
        return payingFor(turn, command) ? adding(turn, { ...command, action: 'add' }) : said(turn, 'checkout');
      default:
        return said(turn, 'shown');
    }
  },
};

/** "I'd like to buy this", of something that isn't in the basket yet: it comes in first. */
function payingFor({ basket, focus }: Turn, { references }: Command): boolean {
  const items = basket.items();
  const isPointed = references.some(({ kind }) => kind === 'position' || kind === 'described');
  const talkedOf = focus();
  return (
    isPointed ||
    (talkedOf !== undefined &&
      !items.some(({ product }) => product.id === talkedOf.id) &&
      (items.length === 0 || references.length > 0))
  );
}

/** Does the message answer which variant is wanted? */
function chosen({ asked, message, intent, product, variants, pick, command }: Turn): true | undefined {
  if (asked?.about !== 'variant' || command) return undefined;
  if (intent === 'no') return true;
  const wanted = product(asked.productId);
  return wanted && pick(message.text, variants(wanted)).length > 0 ? true : undefined;
}

/** "Buy the shoes" wishes for some, where none were shown. */
function means(turn: Turn, command: Command | undefined): boolean {
  if (!command || command.action === 'empty' || command.action === 'basket' || command.action === 'checkout')
    return true;
  if (command.action === 'remove') return turn.basket.items().length > 0 || command.references.length > 0;
  return turn.shown().length > 0 || turn.focus() !== undefined;
}

async function tapped(turn: Turn, { name, productId }: NonNullable<Turn['message']['action']>): Promise<FlowResult> {
  const product = turn.product(productId);
  if (!product) return { outcome: { kind: 'gone', language: turn.language }, state: turn.state };
  return name === 'basketAdd' ? addTo(turn, product, { quantity: 1 }) : takenOut(turn, [product]);
}

async function adding(turn: Turn, command: Command): Promise<FlowResult> {
  const [pointed] = command.references;
  // "Add 2", of one product that is talked of, are two.
  if (command.references.length === 1 && pointed?.kind === 'position' && pointed.bare && turn.focus() !== undefined)
    return adding(turn, { ...command, references: [], quantity: pointed.at });
  const { quantity } = command;
  const shown = turn.shown();
  // "Add 2", of several that were shown and none that is talked of, is the second.
  const place = command.references.length === 0 && turn.focus() === undefined && shown.length > 1 && quantity;
  const references = place ? [{ kind: 'position', at: place } as const] : command.references;
  const resolved = await resolveOrTalkedOf(turn, references);
  if (resolved.kind === 'unknown') return find.run(turn);
  if (resolved.kind !== 'found') return which(turn, command, resolved);
  const [first, ...others] = resolved.products;
  if (!first) return find.run(turn);
  const wanted = { quantity: place ? 1 : (quantity ?? 1), variant: command.variant };
  const line = justAdded(turn, first);
  // Who says it once more means the same piece; who says how many, so many in all.
  if (line && !command.again && command.variant === undefined && others.length === 0)
    return quantity === undefined || place ? said(turn, 'added', [], line) : put(turn, [line.product], quantity, 'set');
  if (others.length === 0) return addTo(turn, first, wanted);
  return put(turn, resolved.products, wanted.quantity, 'add');
}

/** The line that the last step put in for a product, or for a variant of it. */
function justAdded({ state, basket, variants }: Turn, product: Product): BasketItem | undefined {
  const step = state.steps?.at(-1);
  if (!step || !('basket' in step)) return undefined;
  const kin = new Set(variants(product).map(({ id }) => id));
  const fresh = step.basket.find(({ productId, quantity }) => quantity === 0 && kin.has(productId));
  return fresh && basket.items().find((item) => item.product.id === fresh.productId);
}

/** "Two of them": of what the basket holds already there are two then; of anything else two come. */
async function counting(turn: Turn, command: Command): Promise<FlowResult> {
  const { quantity = 1, references, variant } = command;
  const items = turn.basket.items();
  const isPointed = items.length > 0 && references.some(({ kind }) => kind !== 'position');
  const among = isPointed ? items.map(({ product }) => product) : undefined;
  const shown = turn.shown();
  // "Let's take 1", in digits, of several that were shown: the first.
  const isPlace = references.length === 0 && items.length === 0 && turn.focus() === undefined && shown.length > 1;
  if (isPlace && quantity <= shown.length && /\d/.test(turn.message.text) && variant === undefined)
    return pick.run({
      ...turn,
      command: { ...command, action: 'select', references: [{ kind: 'position', at: quantity }] },
    });
  const plain = references.filter(({ kind }) => kind !== 'all' && kind !== 'these' && kind !== 'pronoun');
  const focus = turn.focus() ?? lastOf(items);
  const resolved =
    plain.length === 0 && focus
      ? ({ kind: 'found', products: [focus] } as const)
      : await resolveOrTalkedOf(turn, plain, among);
  if (resolved.kind === 'unknown') return find.run(turn);
  if (resolved.kind !== 'found') return which(turn, { ...command, references: [] }, resolved);
  const [product] = resolved.products;
  if (!product) return find.run(turn);
  if (items.some((item) => item.product.id === product.id))
    return put(turn, [product], quantity, command.again ? 'add' : 'set');
  return addTo(turn, product, { quantity, variant });
}

async function removing(turn: Turn, command: Command): Promise<FlowResult> {
  const products = turn.basket.items().map(({ product }) => product);
  const focus = turn.focus();
  const isTalkedOf = command.references.every(({ kind }) => kind === 'pronoun');
  if (isTalkedOf && focus && products.some(({ id }) => id === focus.id))
    return takenOut(turn, [focus], command.quantity);
  const [only, ...others] = products;
  if (isTalkedOf && only && others.length === 0) return takenOut(turn, [only], command.quantity);
  const resolved = isTalkedOf
    ? ({ kind: 'unclear', among: products } as const)
    : await resolveOrTalkedOf(turn, command.references, products, true);
  if (resolved.kind === 'found') return takenOut(turn, resolved.products, command.quantity);
  if (resolved.kind === 'unknown' || products.length === 0) return said(turn, 'notIn');
  return which(turn, command, resolved);
}

/** Of each as many as was said; all, where nothing was. */
function takenOut(turn: Turn, products: readonly Product[], quantity?: number): FlowResult {
  const items = turn.basket.items();
  const lines = products.flatMap((product) => {
    const item = items.find((each) => each.product.id === product.id);
    return item ? [{ product, quantity: quantity === undefined ? 0 : Math.max(0, item.quantity - quantity) }] : [];
  });
  const [first] = lines;
  if (!first) return said(turn, 'notIn');
  return said(turn, first.quantity > 0 ? 'changed' : 'removed', changesOf(items, lines), first);
}

function emptying(turn: Turn): FlowResult {
  const items = turn.basket.items();
  if (items.length === 0) return said(turn, 'shown');
  return said(
    turn,
    'emptied',
    changesOf(
      items,
      items.map(({ product }) => ({ product, quantity: 0 })),
    ),
  );
}

const lastOf = (items: readonly BasketItem[]): Product | undefined => items.at(-1)?.product;
