import type { Language } from './language';

/** What a shopper may want with a message. */
export const INTENTS = [
  'greet',
  'goodbye',
  'thanks',
  'help',
  'cancel',
  'start-over',
  'undo',
  'switch-language',
  'person',
  'find-product',
  'refine',
  'show-more',
  'select',
  'compare',
  'details',
  'why-this',
  'reviews',
  'similar',
  'substitutes',
  'for-you',
  'like',
  'unlike',
  'basket-add',
  'basket-remove',
  'basket-change',
  'basket-show',
  'checkout',
  'order-status',
  'delivery',
  'returns',
  'payment',
  'sizes',
  'alert-stock',
  'alert-price',
  'unsubscribe',
  'privacy-show',
  'privacy-erase',
  'pair-device',
  'smalltalk',
  'abuse',
  'affirm',
  'deny',
] as const;
export type Intent = (typeof INTENTS)[number];

/** What a message is taken for. */
export interface IntentGuess {
  /** Undefined where the message is about something else, or it is not clear what it wants. */
  readonly intent: Intent | undefined;
  /** The most probable intent's probability, whether it is told or not. */
  readonly confidence: number;
  /** How probable it is that the message is about anything in {@link INTENTS}, 0 to 1. */
  readonly inScope: number;
  /** The probability of each intent by the words alone, where that is known. */
  readonly probabilities?: Readonly<Record<Intent, number>>;
}

/** Says what a shopper wants with a message. */
export interface IntentClassifier {
  readonly id: string;
  /** Of the vectors that it goes by beside the words; undefined where the words alone decide. */
  readonly space: string | undefined;
  /** `vector` is the text encoder's, of `space`, where there is one; without it the words alone decide. */
  classify(text: string, language: Language, vector?: Float32Array): IntentGuess;
}
