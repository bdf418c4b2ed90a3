import type { DialogOutcome } from '../domain';
import type { ConversationState, FlowResult, Step } from './flow';
import { withPhoto } from './state';

/** Steps that can be taken back, and milliseconds for which they can. */
const MOST_STEPS = 5;
const LIFETIME = 3600 * 1000;

/** The products that an outcome shows in an order that can be counted; undefined where what was shown before stays. */
function shownIn(outcome: DialogOutcome): readonly string[] | undefined {
  const ids = (list: readonly { readonly product: { readonly id: string } }[]) => list.map(({ product }) => product.id);
  switch (outcome.kind) {
    case 'results':
    case 'similar':
      return ids(outcome.ranked.results);
    case 'forYou':
    case 'goesWith':
      return ids(outcome.recommended.results);
    case 'basket':
      return outcome.said === 'shown' || outcome.said === 'checkout' ? ids(outcome.items) : undefined;
    case 'pairing':
      return outcome.products?.map(({ id }) => id);
    case 'likes':
      return outcome.products.length > 0 ? outcome.products.map(({ id }) => id) : undefined;
    case 'alert':
      return outcome.alerts.length > 0 ? [...new Set(ids(outcome.alerts))] : undefined;
    case 'substitutes':
      return outcome.substitutes.length > 0 ? outcome.substitutes.map(({ id }) => id) : undefined;
    case 'details':
    case 'told':
      // What may be bought in its place stands behind it.
      return outcome.substitutes.length > 0 ? [outcome.product, ...outcome.substitutes].map(({ id }) => id) : undefined;
    case 'whichOne':
    case 'back':
      return outcome.products.map(({ id }) => id);
    default:
      return undefined;
  }
}

/**
 * The result with what was shown noted in its state, and with what "go back" needs to take this step back.
 *
 * @param before the state that the turn began with
 * @param now milliseconds since 1970
 */
export function withStep(result: FlowResult, before: ConversationState, now: number): FlowResult {
  const { outcome, basket } = result;
  const shown = shownIn(outcome) ?? result.state.shown;
  const { steps = [], lastProduct, ...rest } = result.state;
  // Who wants to be forgotten can't be led back.
  const known = outcome.kind === 'forgotten' ? [] : steps.filter(({ at }) => at > now - LIFETIME);
  // "It" is no longer what was looked at before other products came, unless the flow says so.
  const isOther = (outcome.kind === 'results' || outcome.kind === 'forYou') && lastProduct === before.lastProduct;
  const state: ConversationState = {
    ...rest,
    ...(shown && { shown }),
    ...(lastProduct !== undefined && !isOther && { lastProduct }),
  };
  const next = [...known, ...stepOf(result, state, before, basket, now)].slice(-MOST_STEPS);
  return { ...result, state: withPhoto({ ...state, ...(next.length > 0 && { steps: next }) }, now) };
}

function stepOf(
  { outcome }: FlowResult,
  state: ConversationState,
  before: ConversationState,
  basket: FlowResult['basket'],
  at: number,
): Step[] {
  if (outcome.kind === 'back' || outcome.kind === 'forgotten') return [];
  if (basket) {
    const lines = basket.map(({ productId, before: quantity }) => ({ productId, quantity }));
    return outcome.kind === 'basket' && outcome.said === 'undone' ? [] : [{ at, basket: lines }];
  }
  const { lastSearch, shown, lastProduct } = before;
  const isSame = state.shown === shown && state.lastProduct === lastProduct && state.lastSearch === lastSearch;
  if (isSame || outcome.kind === 'whichOne' || !(shown || lastProduct)) return [];
  const view = { ...(lastSearch && { lastSearch }), ...(shown && { shown }), ...(lastProduct && { lastProduct }) };
  return [{ at, view }];
}
