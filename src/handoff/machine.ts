import { HANDOFF_STATES, type HandoffEvent, type HandoffState } from '../domain';

/** Who moves a ticket. `agent` is anybody of the console, `owner` the one whose ticket it is, `system` a clock or a policy. */
export type Actor = 'shopper' | 'agent' | 'owner' | 'supervisor' | 'system';

export interface Transition {
  readonly to: HandoffState;
  readonly by: readonly Actor[];
}

export type Machine = Readonly<Record<HandoffState, Readonly<Partial<Record<HandoffEvent, Transition>>>>>;

const to = (state: HandoffState, ...by: readonly Actor[]): Transition => ({ to: state, by });

/** Tickets that a person owns go back to the queue, to another one, or to the bot. */
const OWNED = {
  release: to('queued', 'system', 'owner'),
  transfer: to('queued', 'owner', 'supervisor'),
  assign: to('assigned', 'supervisor'),
  return: to('bot', 'owner', 'supervisor', 'system'),
  finish: to('wrapUp', 'owner', 'supervisor'),
} as const;

/**
 * The whole of hand-off. `bot` is a conversation without an open ticket: what leads there closes the ticket, as what leads to
 * `closed` does; the next `escalate` or `leaveMessage` opens another one.
 */
export const MACHINE: Machine = {
  bot: {
    escalate: to('queued', 'shopper', 'system'),
    leaveMessage: to('message', 'shopper'),
  },
  queued: {
    assign: to('assigned', 'agent', 'supervisor', 'system'),
    leaveMessage: to('message', 'shopper'),
    transfer: to('queued', 'supervisor'),
    return: to('bot', 'shopper', 'supervisor', 'system'),
    close: to('closed', 'supervisor'),
  },
  assigned: {
    ...OWNED,
    answer: to('active', 'owner'),
  },
  active: {
    ...OWNED,
    answer: to('active', 'owner'),
  },
  wrapUp: {
    answer: to('active', 'owner'),
    reopen: to('active', 'shopper'),
    return: to('bot', 'owner', 'supervisor', 'system'),
    close: to('closed', 'owner', 'supervisor', 'system'),
  },
  message: {
    escalate: to('queued', 'shopper', 'system'),
    leaveMessage: to('message', 'shopper'),
    assign: to('assigned', 'agent', 'supervisor'),
    close: to('closed', 'agent', 'supervisor'),
  },
  closed: {},
};

/** Where an event leads; why not, where the state has no such event or none of the actors may cause it. */
export function transitionOf(
  state: HandoffState,
  event: HandoffEvent,
  actors: readonly Actor[],
): { readonly to: HandoffState } | { readonly refusal: 'notAllowed' | 'forbidden' } {
  const transition = MACHINE[state][event];
  if (transition === undefined) return { refusal: 'notAllowed' };
  return transition.by.some((actor) => actors.includes(actor)) ? { to: transition.to } : { refusal: 'forbidden' };
}

/** What is wrong with a machine; empty for a sound one. */
export function faultsOf(machine: Machine, events: readonly HandoffEvent[]): string[] {
  const edges = HANDOFF_STATES.flatMap((from) =>
    Object.entries(machine[from]).map(([event, { to: target, by }]) => ({ from, event, target, by })),
  );
  const reached = closure('bot', (state) => edges.filter(({ from }) => from === state).map(({ target }) => target));
  const ending = closure('closed', (state) => edges.filter(({ target }) => target === state).map(({ from }) => from));
  return [
    ...HANDOFF_STATES.filter((state) => !reached.has(state)).map((state) => `${state} is never reached`),
    ...HANDOFF_STATES.filter((state) => !ending.has(state)).map((state) => `${state} never ends`),
    ...edges.filter(({ by }) => by.length === 0).map(({ from, event }) => `nobody may ${event} in ${from}`),
    ...events.filter((name) => edges.every(({ event }) => event !== name)).map((name) => `${name} happens nowhere`),
  ];
}

function closure(start: HandoffState, next: (state: HandoffState) => readonly HandoffState[]): Set<HandoffState> {
  const seen = new Set<HandoffState>([start]);
  // A set that grows while it is walked is walked to its end.
  for (const state of seen) for (const found of next(state)) seen.add(found);
  return seen;
}
