import type { AgentPresence, AgentStatus } from '../domain';

interface Known {
  readonly connections: number;
  readonly status: AgentStatus;
  /** Milliseconds since 1970. */
  readonly lostAt?: number;
}

/** Which agents are there now. In memory: after a start nobody is, until they connect. */
export class Presences {
  private readonly known = new Map<string, Known>();
  private readonly listeners = new Set<() => void>();
  private readonly started: number;

  constructor(private readonly clock: () => number) {
    this.started = clock();
  }

  connected(agentId: string): void {
    const { connections, status } = this.of(agentId);
    this.set(agentId, { connections: connections + 1, status });
  }

  disconnected(agentId: string): void {
    const { connections, status } = this.of(agentId);
    if (connections > 1) this.set(agentId, { connections: connections - 1, status });
    else this.set(agentId, { connections: 0, status, lostAt: this.clock() });
  }

  status(agentId: string, status: AgentStatus): void {
    this.set(agentId, { ...this.of(agentId), status });
  }

  /** Agents who take tickets, in the order in which they came. */
  available(): string[] {
    return [...this.known].filter(([, each]) => each.connections > 0 && each.status === 'available').map(([id]) => id);
  }

  isAvailable(agentId: string): boolean {
    const { connections, status } = this.of(agentId);
    return connections > 0 && status === 'available';
  }

  /** Since when an agent is gone (milliseconds since 1970); undefined for one who is there. */
  lostSince(agentId: string): number | undefined {
    const { connections, lostAt } = this.of(agentId);
    return connections > 0 ? undefined : (lostAt ?? this.started);
  }

  /** Those who are connected, and those who own something: `loads` by agent id. */
  list(loads: ReadonlyMap<string, number>): AgentPresence[] {
    const ids = new Set([...this.known.keys(), ...loads.keys()]);
    return [...ids]
      .map((agentId) => {
        const { connections, status } = this.of(agentId);
        return { agentId, status, connected: connections > 0, load: loads.get(agentId) ?? 0 };
      })
      .filter(({ connected, load }) => connected || load > 0);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Says that loads changed. */
  changed(): void {
    for (const listener of this.listeners) listener();
  }

  private of(agentId: string): Known {
    return this.known.get(agentId) ?? { connections: 0, status: 'available' };
  }

  private set(agentId: string, known: Known): void {
    this.known.set(agentId, known);
    this.changed();
  }
}
