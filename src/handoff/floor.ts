import {
  type AgentAvailability,
  type AgentNames,
  type AgentPresence,
  OWNED_STATES,
  type QueuePlace,
  type Ticket,
} from '../domain';
import type { TicketBook } from './book';
import { openAt } from './hours';
import type { Presences } from './presences';
import { nextAssignment, paceOf, placed } from './queue';
import type { HandoffSettings } from './settings';

/** Tickets from whose waits the queue's pace is told. */
const MOST_WAITS = 50;

export interface FloorParts {
  readonly book: TicketBook;
  readonly presences: Presences;
  readonly names: AgentNames;
  readonly settings: HandoffSettings;
}

/** Who waits, who is there, and who gets whom. */
export class Floor {
  constructor(private readonly parts: FloorParts) {}

  availability(): AgentAvailability {
    const { presences, settings, book } = this.parts;
    const agents = settings.mode === 'hub' ? 1 : presences.available().length;
    return { ...openAt(settings.hours, book.parts.clock()), agents };
  }

  agents(): AgentPresence[] {
    return this.parts.presences.list(this.loads());
  }

  placeOf(ticket: Ticket): QueuePlace | undefined {
    const index = this.queue().findIndex(({ id }) => id === ticket.id);
    return index < 0 ? undefined : this.placed(index + 1);
  }

  /** The place of who comes now. */
  nextPlace(): QueuePlace {
    return this.placed(this.queue().length + 1);
  }

  /** Gives queued tickets to agents, where that is done automatically. */
  assignWaiting(): void {
    const { names, presences, settings } = this.parts;
    if (settings.mode !== 'console' || settings.assignment !== 'automatic') return;
    for (;;) {
      const loads = this.loads();
      const agents = presences.available().filter((agentId) => names.nameOf(agentId) !== undefined);
      const free = new Map(agents.map((agentId) => [agentId, loads.get(agentId) ?? 0]));
      const next = nextAssignment(this.queue(), free, settings.capacity);
      if (!next || !this.give(next.ticket, next.agentId)) return;
    }
  }

  private give(ticket: Ticket, agentId: string): boolean {
    const { book, names, presences } = this.parts;
    const agent = names.nameOf(agentId);
    if (agent === undefined) return false;
    const result = book.commit(ticket.conversationId, () => {
      const moved = book.move(ticket, 'assign', ['system'], { agentId, assignedAt: book.parts.clock() });
      if (moved.ok) book.notify(moved.ticket, { kind: 'joined', agent });
      return moved;
    });
    presences.changed();
    return result.ok;
  }

  private placed(place: number): QueuePlace {
    const { tickets, clock } = this.parts.book.parts;
    const agents = this.parts.settings.mode === 'hub' ? 0 : this.parts.presences.available().length;
    return placed(place, paceOf(tickets.lastAssigned(MOST_WAITS), clock()), agents);
  }

  private queue(): readonly Ticket[] {
    return this.parts.book.parts.tickets.inStates(['queued']);
  }

  /** Conversations of each agent; what is only to be wrapped up does not count. */
  private loads(): Map<string, number> {
    const loads = new Map<string, number>();
    for (const { agentId } of this.parts.book.parts.tickets.inStates(['assigned', 'active'])) {
      if (agentId !== undefined) loads.set(agentId, (loads.get(agentId) ?? 0) + 1);
    }
    return loads;
  }
}

/** Does a person own it? */
export function isOwned({ state }: Ticket): boolean {
  return OWNED_STATES.has(state);
}
