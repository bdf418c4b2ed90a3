import type { EscalationReason, PersonView } from '../domain';

/** Answers in a row that help nobody, after which a person is offered. */
export const GIVES_UP_AFTER = 2;
/** Messages whose mood is looked at together. */
export const MOODS = 3;
/**
 * One message as angry as this, or two of the last three as angry as that, and the mood has turned. Chosen by cross-validation on
 * the training phrases: see models/recipes/sentiment/README.md.
 */
const VERY_NEGATIVE = 0.85;
const NEGATIVE = 0.65;

/** What a policy goes by. */
export interface PolicyFacts {
  readonly view: Pick<PersonView, 'on' | 'state' | 'lately'>;
  /** The message holds a word of a complaint. */
  readonly complains: boolean;
  /** How negative the last messages are, 0 to 1, the newest last. */
  readonly moods: readonly number[];
  readonly isVip: boolean;
  /** What the shopper bought, in the shop's currency; only asked for where it matters. */
  readonly bought: () => number;
}

export interface PolicySettings {
  /** In the shop's currency; 0 is never. */
  readonly orderValue: number;
}

/** Why a person is called, or for `sentiment` offered, though the shopper did not ask for one; undefined where nothing calls for it. */
export function calledBy(
  { view, complains, moods, isVip, bought }: PolicyFacts,
  { orderValue }: PolicySettings,
): Exclude<EscalationReason, 'asked' | 'gaveUp'> | undefined {
  if (!view.on || view.state !== 'bot') return undefined;
  if (complains) return 'complaint';
  if (hasTurned(moods)) return 'sentiment';
  // Once a day: who has spoken to a person, or did not want to wait, is not put into the queue again.
  if (view.lately) return undefined;
  if (isVip) return 'vip';
  return orderValue > 0 && bought() >= orderValue ? 'orderValue' : undefined;
}

function hasTurned(moods: readonly number[]): boolean {
  const last = moods.slice(-MOODS);
  return (last.at(-1) ?? 0) >= VERY_NEGATIVE || last.filter((mood) => mood >= NEGATIVE).length >= 2;
}
