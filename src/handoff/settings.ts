import type { OpeningHours } from './hours';

/** How hand-off goes; times in milliseconds. */
export interface HandoffSettings {
  /** Who answers: agents at the console, an outside hub, or nobody. */
  readonly mode: 'console' | 'hub' | 'off';
  readonly assignment: 'manual' | 'automatic';
  /** Most conversations of an agent that are given to them automatically. */
  readonly capacity: number;
  readonly hours: OpeningHours;
  /** Queued for so long, the shopper is told and offered to leave a message. */
  readonly queueReminder: number;
  /** Assigned for so long without an answer, a ticket goes back to the queue. */
  readonly answerWithin: number;
  /** An agent gone for so long loses their conversations. */
  readonly lostAfter: number;
  /** Wrap-up ends by itself. */
  readonly wrapUp: number;
  /** The agent is told of a shopper who does not answer for so long. */
  readonly shopperSilence: number;
}
