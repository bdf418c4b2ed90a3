import type { CommandAction, Intent, Manner, PhraseIntent, ServiceTopic } from '../domain';

/** How a message asks for what an intent wants, in the terms that flows go by. */
export type Wish =
  | { readonly phrase: PhraseIntent }
  | { readonly action: CommandAction }
  | { readonly topic: ServiceTopic }
  | { readonly manner: Exclude<Manner['kind'], 'name' | 'switch'> };

/** What intents are to flows. Those that are missing here are wishes for products, or are asked for in set words only. */
export const WISHES: Readonly<Partial<Record<Intent, Wish>>> = {
  greet: { phrase: 'greeting' },
  goodbye: { phrase: 'goodbye' },
  thanks: { phrase: 'thanks' },
  help: { phrase: 'help' },
  cancel: { phrase: 'cancel' },
  'start-over': { phrase: 'startOver' },
  undo: { action: 'undo' },
  person: { phrase: 'person' },
  'show-more': { phrase: 'more' },
  select: { action: 'select' },
  compare: { action: 'compare' },
  details: { action: 'details' },
  reviews: { action: 'reviews' },
  similar: { action: 'similar' },
  substitutes: { action: 'substitutes' },
  'for-you': { phrase: 'forYou' },
  like: { action: 'like' },
  unlike: { action: 'unlike' },
  'basket-add': { action: 'add' },
  'basket-remove': { action: 'remove' },
  'basket-change': { action: 'quantity' },
  'basket-show': { action: 'basket' },
  checkout: { action: 'checkout' },
  'order-status': { topic: 'order-status' },
  delivery: { topic: 'delivery' },
  returns: { topic: 'returns' },
  payment: { topic: 'payment' },
  sizes: { topic: 'sizes' },
  'pair-device': { action: 'pair' },
  'alert-stock': { action: 'alertStock' },
  'alert-price': { action: 'alertPrice' },
  unsubscribe: { action: 'unsubscribe' },
  'privacy-show': { phrase: 'whatYouKnow' },
  'privacy-erase': { phrase: 'forgetMe' },
  'switch-language': { manner: 'languages' },
  smalltalk: { manner: 'chat' },
  abuse: { manner: 'abuse' },
  affirm: { phrase: 'yes' },
  deny: { phrase: 'no' },
};

const OTHERS: readonly (readonly [Wish, Intent])[] = [
  [{ phrase: 'leaveMessage' }, 'person'],
  [{ phrase: 'anyPrice' }, 'refine'],
  [{ action: 'takeBack' }, 'refine'],
  [{ action: 'noPreference' }, 'refine'],
  [{ action: 'empty' }, 'basket-remove'],
  [{ action: 'join' }, 'pair-device'],
  [{ action: 'unpair' }, 'pair-device'],
  [{ action: 'likes' }, 'like'],
  [{ action: 'unsubscribeAll' }, 'unsubscribe'],
  [{ action: 'stock' }, 'details'],
  [{ action: 'sizes' }, 'details'],
  [{ action: 'colors' }, 'details'],
  [{ action: 'material' }, 'details'],
  [{ topic: 'orders' }, 'order-status'],
];

const INTENT_OF: ReadonlyMap<string, Intent> = new Map([
  ...OTHERS.map(([wish, intent]) => [key(wish), intent] as const),
  ...Object.entries(WISHES).map(([intent, wish]) => [key(wish), intent as Intent] as const),
]);

/** The intent behind what was recognised; undefined for a wish that is none of them. */
export function intentOf(wish: Wish): Intent | undefined {
  return INTENT_OF.get(key(wish));
}

function key(wish: Wish): string {
  return Object.entries(wish).join();
}
