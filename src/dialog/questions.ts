import type { Command, EscalationReason, FacetQuestion, Suggestion } from '../domain';
import type { PairingQuestion } from './pairing';

/** Why the shopper was asked whether the shop may remember: a like that waits for it, or a wish for recommendations. */
export type ConsentQuestion = { readonly about: 'like'; readonly productId: string } | { readonly about: 'forYou' };

/** What a shopper was asked of people: whether they want one, what to pass on and where to answer, what to add to a rating. */
export type PersonQuestion =
  | { readonly about: 'person'; readonly reason: EscalationReason }
  /** The address is asked for once there is a text. */
  | { readonly about: 'message'; readonly reason: EscalationReason; readonly text?: string }
  /** Whether there is a comment (a yes or no), then for its words. */
  | { readonly about: 'comment'; readonly ticketId: string; readonly wanted: boolean };

/** How well the shopper was served without a person, then the same as of one. `askedAt` names the rating. */
export type RatingQuestion =
  | { readonly about: 'rating'; readonly askedAt: number }
  | { readonly about: 'ratingComment'; readonly askedAt: number; readonly wanted: boolean };

/** What a product's variant is asked for, or which of several products a command means. */
export type ChoiceQuestion =
  | { readonly about: 'variant'; readonly productId: string; readonly quantity: number }
  | { readonly about: 'which'; readonly command: Command }
  /** Which variant is waited for. */
  | { readonly about: 'alert'; readonly productId: string };

export type Question =
  | ConsentQuestion
  | PersonQuestion
  | ChoiceQuestion
  | OrderQuestion
  | RatingQuestion
  | FacetAsked
  | PairingQuestion;

/** What was asked beside results. */
export interface FacetAsked extends FacetQuestion {
  readonly about: 'facet';
}

/** Which order, or whose. */
export interface OrderQuestion {
  readonly about: 'order';
}

/** A question that the shopper has not answered yet. */
export interface OpenQuestion {
  readonly question: Question;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
  /** Turns since that were about something else. */
  readonly turns: number;
  /** What it can be answered with by a tap. */
  readonly choices: readonly Suggestion[];
}
