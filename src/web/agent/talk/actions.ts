import type { Me, Ticket } from '../api/types';

export type Action = 'claim' | 'assign' | 'transfer' | 'return' | 'finish' | 'close' | 'answer' | 'note';

/**
 * What an agent may do with a ticket as it is; the server has the last word (`src/handoff/machine.ts`). Supervisors act on
 * the conversations of others, too, but only its owner talks to a shopper.
 */
export function actionsOn(ticket: Ticket, me: Me): ReadonlySet<Action> {
  if (ticket.isHidden) return new Set();
  const owner = ticket.agentId === me.id;
  const supervises = me.role !== 'agent';
  const may = owner || supervises;
  const allowed: Record<Ticket['state'], readonly (Action | false)[]> = {
    queued: ['claim', 'note', supervises && 'assign', supervises && 'return'],
    message: ['claim', 'note', 'close', supervises && 'assign'],
    assigned: [
      owner && 'answer',
      may && 'note',
      may && 'transfer',
      may && 'return',
      may && 'finish',
      supervises && 'assign',
    ],
    active: [
      owner && 'answer',
      may && 'note',
      may && 'transfer',
      may && 'return',
      may && 'finish',
      supervises && 'assign',
    ],
    wrapUp: [owner && 'answer', may && 'note', may && 'return', may && 'close'],
    closed: [],
  };
  return new Set(allowed[ticket.state].filter((action) => action !== false));
}
