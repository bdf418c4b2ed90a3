import type { QueuePlace, Ticket } from '../domain';

/** Waits longer ago than this, in milliseconds, say nothing of today's queue. */
const LATELY = 4 * 3600 * 1000;

/**
 * How fast the queue moved lately: seconds for each place of it, and how many agents moved it. A ticket's place when it came
 * is told by those that had come before it and were taken after it came. Undefined where nothing was taken lately.
 */
export function paceOf(
  taken: readonly Ticket[],
  now: number,
): { readonly seconds: number; readonly agents: number } | undefined {
  const waits = taken.flatMap(({ openedAt, assignedAt, agentId }) =>
    assignedAt !== undefined && assignedAt > now - LATELY ? [{ openedAt, assignedAt, agentId }] : [],
  );
  if (waits.length === 0) return undefined;
  let places = 0;
  let milliseconds = 0;
  for (const { openedAt, assignedAt } of waits) {
    places += 1 + waits.filter((other) => other.openedAt < openedAt && other.assignedAt > openedAt).length;
    milliseconds += assignedAt - openedAt;
  }
  const agents = new Set(waits.map(({ agentId }) => agentId).filter((id) => id !== undefined));
  return { seconds: milliseconds / 1000 / places, agents: Math.max(1, agents.size) };
}

/** The place with the expected wait: at the pace of lately, faster or slower as there are more or fewer agents now. */
export function placed(place: number, pace: ReturnType<typeof paceOf>, agents: number): QueuePlace {
  if (!pace || agents === 0) return { place };
  return { place, wait: Math.round((place * pace.seconds * pace.agents) / agents) };
}

/**
 * Who gets the next ticket: the one that has waited longest goes to the agent with the least to do. A ticket that was
 * transferred to an agent waits for that one as long as they are there.
 *
 * @param queue oldest first
 * @param free agents who are available, by id, with the number of conversations that they have
 */
export function nextAssignment(
  queue: readonly Ticket[],
  free: ReadonlyMap<string, number>,
  capacity: number,
): { readonly ticket: Ticket; readonly agentId: string } | undefined {
  const leastFirst = [...free].filter(([, load]) => load < capacity).sort(([, one], [, other]) => one - other);
  for (const ticket of queue) {
    const wanted = ticket.wantedAgentId;
    const candidates =
      wanted !== undefined && free.has(wanted) ? leastFirst.filter(([id]) => id === wanted) : leastFirst;
    const [first] = candidates;
    if (first) return { ticket, agentId: first[0] };
  }
  return undefined;
}
