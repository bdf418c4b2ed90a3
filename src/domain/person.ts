import type { AgentAvailability, EscalationReason, HandoffState, QueuePlace } from './handoff';
import type { Language } from './language';

/** What a flow wants of hand-off; it happens together with the turn's answer, or not at all. */
export type HandoffChange =
  | { readonly kind: 'escalate'; readonly reason: EscalationReason }
  | { readonly kind: 'leaveMessage'; readonly reason: EscalationReason; readonly text: string; readonly email: string }
  /** The shopper no longer waits. */
  | { readonly kind: 'leaveQueue' }
  | { readonly kind: 'rate'; readonly ticketId: string; readonly score: number }
  | { readonly kind: 'comment'; readonly ticketId: string; readonly text: string };

/** How a conversation stands with people. */
export interface PersonView {
  /** False where nobody answers shoppers. */
  readonly on: boolean;
  readonly state: HandoffState;
  /** A ticket was opened within the last day. */
  readonly lately: boolean;
  /** The closed ticket whose agent the shopper may rate now. */
  readonly unrated?: string;
  availability(): AgentAvailability;
}

/** What a turn says to a shopper of people. */
export type PersonSaid =
  | {
      readonly say: 'queued';
      /** False where the shopper asked again. */
      readonly isNew: boolean;
      /** Why, where the shopper did not ask for it. */
      readonly unasked?: Exclude<EscalationReason, 'asked' | 'gaveUp'>;
      /** Agents who take tickets now. */
      readonly agents: number;
      /** Put in when the turn is written: places change while turns run. */
      readonly place?: QueuePlace;
    }
  /** Nobody is there before `opensAt` (milliseconds since 1970); asks for a message. */
  | { readonly say: 'away'; readonly opensAt?: number }
  | { readonly say: 'askMessage' }
  /** `again` where what was said is no address. */
  | { readonly say: 'askEmail'; readonly again: boolean }
  | { readonly say: 'messageLeft'; readonly email: string }
  /** Whether a person is wanted; `sorry` for a shopper who complains. */
  | { readonly say: 'offer'; readonly sorry: boolean }
  | {
      readonly say:
        | 'nobody'
        | 'keptChatting'
        | 'keptPlace'
        | 'leftQueue'
        | 'messageDropped'
        | 'rated'
        | 'askComment'
        | 'commented';
    };

export type PersonOutcome = PersonSaid & { readonly kind: 'person'; readonly language: Language };
