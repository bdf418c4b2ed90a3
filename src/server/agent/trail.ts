import { type AuditEntry, type AuditLog, Throttle } from '../../domain';

type Entry = Omit<AuditEntry, 'sequence' | 'at'>;

/** Refusals of strangers, and refused frames of one agent, that are written down in a minute; anybody can cause more. */
const MOST_A_MINUTE = 60;
const MINUTE = 60_000;

/** Writes down what was done and refused, and no more of what anybody can cause than is of use. */
export class AuditTrail {
  private readonly cheap: Throttle;

  constructor(
    private readonly log: AuditLog,
    clock: () => number,
  ) {
    this.cheap = new Throttle(MOST_A_MINUTE, MINUTE, clock);
  }

  /** Of somebody who is signed in, or just tried to. */
  add(entry: Entry): void {
    this.log.add(entry);
  }

  /** What costs the caller nothing: further ones of the same minute are left out. */
  addCheap(entry: Entry): void {
    const key = entry.agentId ?? '';
    if (this.cheap.wait(key) > 0) return;
    this.cheap.count(key);
    this.log.add(entry);
  }
}
