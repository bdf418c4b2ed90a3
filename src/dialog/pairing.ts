import type { BasketItem } from '../domain';

/**
 * What the shopper may do about sharing basket and likes with another device, and how that stands. `View` is what is taken over
 * from the other one's conversation.
 */
export interface TurnPairing<View> {
  /** False where the channel does not say who writes. */
  readonly possible: boolean;
  /** Does the shopper share with others? */
  readonly isPaired: boolean;
  /** Does a code hold that the shopper was shown? */
  readonly hasCode: boolean;
  /** A new code, which holds once it is kept; `until` is in milliseconds since 1970. */
  draw(): { readonly code: string; readonly digest: string; readonly until: number };
  /** Looks a code up; each that leads nowhere counts as a try. */
  check(code: string): CodeCheck<View>;
  /** Looks up again what `check` found before. */
  recheck(digest: string): CodeCheck<View>;
}

/** What a code leads to. */
export type CodeCheck<View> =
  | { readonly kind: 'wrong' | 'expired' | 'used' | 'own' | 'tooMany' }
  | {
      readonly kind: 'open';
      readonly digest: string;
      /** What is shared once it is used. */
      readonly items: readonly BasketItem[];
      readonly likes: readonly string[];
      /** Where the conversation was that the code is from, where that is within the hour. */
      readonly view?: View;
    };

/** Whether the shop may remember both devices, and whether this one shall share. */
export type PairingQuestion = { readonly about: 'pair' } | { readonly about: 'join'; readonly digest: string };
