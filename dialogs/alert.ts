import type { Flow, FlowResult, Turn } from '../src/dialog';
import {
  type Alert,
  type AlertChange,
  type AlertOutcome,
  alertAgain,
  type CardAction,
  type Command,
  type CommandAction,
  currentPrice,
  isAvailable,
  MOST_ALERTS,
  type Money,
  type Product,
  parseAmount,
} from '../src/domain';
import { find } from './find';
import { namesOther } from './other-kind';
import { which } from './pick';

const ACTIONS: ReadonlySet<CommandAction | undefined> = new Set([
  'alertStock',
  'alertPrice',
  'alerts',
  'unsubscribe',
  'unsubscribeAll',
]);
const BUTTONS: ReadonlySet<CardAction['name'] | undefined> = new Set(['alertStock', 'alertKeep', 'alertStop']);

/** "Tell me when it's back", "… when it gets cheaper than 30"; which alerts there are, and stopping them. */
export const alert: Flow = {
  id: 'alert',
  handles: (turn) => {
    const { photo, message, command, asked } = turn;
    if (photo !== undefined || message.kind !== 'message') return false;
    if (message.action) return BUTTONS.has(message.action.name);
    return ACTIONS.has(command?.action) || (asked?.about === 'alert' && !command && chosen(turn).length > 0);
  },
  run: async (turn) => {
    const { message, command } = turn;
    if (message.action) return tapped(turn, message.action);
    switch (command?.action) {
      case 'alertStock':
      case 'alertPrice':
        return wished(turn, command);
      case 'alerts':
        return said(turn, 'shown');
      case 'unsubscribe':
        return stopping(turn, command);
      case 'unsubscribeAll':
        return said(turn, 'allStopped', {}, [{ kind: 'remove' }]);
      default: {
        const [only, ...others] = chosen(turn);
        if (only && (await namesOther(turn, only))) return find.run(turn);
        return only ? forStock(turn, only, others.length > 0 ? [only, ...others] : [only]) : said(turn, 'shown');
      }
    }
  },
};

/** The variants that a message names, where it was asked for one. */
function chosen({ asked, product, variants, pick, message }: Turn): readonly Product[] {
  const about = asked?.about === 'alert' ? product(asked.productId) : undefined;
  return about ? alike(about, pick(message.text, variants(about))) : [];
}

function tapped(turn: Turn, { name, productId }: CardAction): FlowResult {
  const product = turn.product(productId);
  if (!product) return { outcome: { kind: 'gone', language: turn.language }, state: turn.state };
  if (name === 'alertStop') return stopped(turn, product);
  if (name === 'alertStock') return forStock(turn, product, [product]);
  const { language } = turn;
  const kept = turn
    .alerts()
    .filter((each) => each.productId === productId && each.state === 'told')
    .map((each) => ({ kind: 'put', alert: { ...alertAgain(each, product), language } }) as const);
  return said(turn, 'kept', { product }, kept);
}

async function wished(turn: Turn, command: Command): Promise<FlowResult> {
  const product = await meant(turn, command);
  if (product === undefined) return { outcome: { kind: 'whichProduct', language: turn.language }, state: turn.state };
  if ('outcome' in product) return product;
  const variants = turn.variants(product);
  const named = command.variant === undefined ? [] : turn.pick(command.variant, variants);
  if (command.action === 'alertPrice') return forPrice(turn, alike(product, named)[0] ?? product, command);
  if (named.length > 0) return forStock(turn, product, alike(product, named));
  if (command.variant === undefined && !isAvailable(product)) return forStock(turn, product, [product]);
  const soldOut = alike(product, variants).filter((each) => !isAvailable(each));
  return forStock(turn, product, soldOut.length > 0 ? soldOut : [product]);
}

/** The product that a wish is about; undefined where nothing was shown that it could be. */
async function meant(turn: Turn, command: Command): Promise<Product | FlowResult | undefined> {
  const soldOut = turn.shown().filter((each) => !isAvailable(each));
  const [only] = soldOut;
  const isBare = command.references.every(({ kind }) => kind === 'pronoun');
  // Of several that were shown, who waits for stock means the one that is sold out.
  if (isBare && command.action === 'alertStock' && turn.focus() === undefined && only && soldOut.length === 1)
    return only;
  if (isBare && turn.focus() === undefined && turn.shown().length === 0) return undefined;
  const resolved = await turn.resolve(command.references);
  if (resolved.kind === 'unknown') return undefined;
  return resolved.kind === 'found' ? resolved.products[0] : which(turn, command, resolved);
}

/** Of the colour that was shown, where there are such. */
function alike(product: Product, variants: readonly Product[]): readonly Product[] {
  const same = variants.filter(({ color }) => color === product.color);
  return same.length > 0 ? same : variants;
}

function forStock(turn: Turn, product: Product, candidates: readonly Product[]): FlowResult {
  const soldOut = candidates.filter((each) => !isAvailable(each));
  const [only, ...others] = soldOut;
  if (!only) return said(turn, 'inStock', { product: candidates[0] ?? product });
  if (others.length === 0) return put(turn, only, { kind: 'stock' });
  const asked = said(turn, 'whichVariant', { product, variants: soldOut });
  return { ...asked, state: { ...asked.state, asking: { about: 'alert', productId: product.id } } };
}

async function forPrice(turn: Turn, product: Product, command: Command): Promise<FlowResult> {
  const price = currentPrice(product);
  if (!price) return said(turn, 'noPrice', { product });
  // "Cheaper" without an amount: than now.
  const target = (await targetOf(turn, command, price)) ?? { ...price, minor: price.minor - 1 };
  if (target.currency !== price.currency) return said(turn, 'noPrice', { product });
  if (price.minor <= target.minor) return said(turn, 'cheapAlready', { product });
  return put(turn, product, { kind: 'price', target });
}

/** The price that was said: at most so much; undefined where none was. */
async function targetOf(
  { parse, message, language }: Turn,
  { amount }: Command,
  { currency }: Money,
): Promise<Money | undefined> {
  const { price } = await parse(message.text, language);
  // "When it costs 30" is read as about that much.
  if (price?.min && price.max) return { ...price.max, minor: Math.round((price.min.minor + price.max.minor) / 2) };
  const said = price?.max ?? price?.below;
  // "Drops to 30": an amount that only the command's words make one.
  return said ?? parseAmount(/\d[\d.,]*/.exec(amount ?? '')?.[0].replace(/[.,]$/, '') ?? '', currency);
}

function put(turn: Turn, product: Product, wish: Pick<Alert, 'kind' | 'target'>): FlowResult {
  const { id: productId } = product;
  const kept: Alert = { ...wish, productId, language: turn.language, state: 'waiting' };
  const isNew = !turn.alerts().some((each) => each.productId === productId && each.kind === wish.kind);
  if (isNew && turn.alerts().length >= MOST_ALERTS) return said(turn, 'full');
  return said(turn, 'set', { product, alert: kept }, [{ kind: 'put', alert: kept }]);
}

/** "Stop telling me": of the product that is named, of the only one, or which one is asked by showing them. */
async function stopping(turn: Turn, { references }: Command): Promise<FlowResult> {
  if (references.some(({ kind }) => kind === 'all')) return said(turn, 'allStopped', {}, [{ kind: 'remove' }]);
  const waiting = waitedFor(turn).map(({ product }) => product);
  const [only, ...others] = [...new Map(waiting.map((product) => [product.id, product])).values()];
  const isBare = references.every(({ kind }) => kind === 'pronoun');
  const focus = turn.focus();
  const told = isBare && focus && turn.alerts().some(({ productId }) => productId === focus.id);
  if (told && references.length > 0) return stopped(turn, focus);
  if (!only) return told ? stopped(turn, focus) : said(turn, 'allStopped', {}, [{ kind: 'remove' }]);
  if (isBare) return others.length === 0 ? stopped(turn, only) : said(turn, 'shown');
  const resolved = await turn.resolve(references, [only, ...others]);
  const [product] = resolved.kind === 'found' ? resolved.products : [];
  return product ? stopped(turn, product) : said(turn, 'shown');
}

function stopped(turn: Turn, product: Product): FlowResult {
  return said(turn, 'stopped', { product }, [{ kind: 'remove', productId: product.id }]);
}

function waitedFor(turn: Turn): AlertOutcome['alerts'] {
  return turn.alerts().flatMap((each) => {
    const product = each.state === 'told' ? undefined : turn.product(each.productId);
    return product ? [{ alert: each, product }] : [];
  });
}

function said(
  turn: Turn,
  what: AlertOutcome['said'],
  about: Pick<AlertOutcome, 'product' | 'alert' | 'variants'> = {},
  changes: readonly AlertChange[] = [],
): FlowResult {
  const { language, state } = turn;
  return {
    outcome: { kind: 'alert', language, said: what, alerts: what === 'shown' ? waitedFor(turn) : [], ...about },
    state: { ...state, language, ...(about.product && { lastProduct: about.product.id }) },
    ...(changes.length > 0 && { alerts: changes }),
  };
}
