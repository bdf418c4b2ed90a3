import { randomUUID } from 'node:crypto';
import { type ActivityLog, type LoggedActivity, VitrineError } from '../../domain';
import { isRecord, type WireActivity } from './activity';

/** Who sends an activity. */
export interface Sender {
  readonly id: string;
  readonly name?: string;
  readonly role: 'user' | 'bot';
}

/** What listens to a conversation: told that something was stored, or given a typing activity, which is not stored. */
export interface Listener {
  stored(): void;
  passing(activity: WireActivity): void;
}

/** Stored activities from somewhere in a conversation; `watermark` is where the next page starts. */
export interface Page {
  readonly activities: readonly WireActivity[];
  readonly sequence: number;
}

/** Room between two stored activities in `webchat:sequence-id` for those that are not stored. */
const SEQUENCE_STEP = 1000;
const READ_BATCH = 500;

/** Local conversations: the durable log, and who listens to it now. */
export class Conversations {
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Newest sequence number of conversations that somebody listens to. */
  private readonly newest = new Map<string, number>();
  private passed = 0;

  constructor(
    private readonly log: ActivityLog,
    private readonly clock: () => Date,
  ) {}

  /** False when the conversation exists already. */
  open(conversationId: string, userId: string): boolean {
    if (this.log.userOf(conversationId) !== undefined) return false;
    this.log.open(conversationId, userId);
    return true;
  }

  /** Throws CONVERSATION_UNKNOWN. */
  userOf(conversationId: string): string {
    const user = this.log.userOf(conversationId);
    if (user === undefined) throw new VitrineError('CONVERSATION_UNKNOWN', 'There is no such conversation.');
    return user;
  }

  /** Stores an activity, shows it to all listeners and returns it as it was stored. */
  append(conversationId: string, sender: Sender, activity: WireActivity): WireActivity & { readonly id: string } {
    const stored = this.stamp(conversationId, sender, activity);
    const sequence = this.log.append(conversationId, stored);
    const listeners = this.listenersOf(conversationId);
    if (listeners.length > 0) this.newest.set(conversationId, sequence);
    for (const listener of listeners) listener.stored();
    return stored;
  }

  /** Shows an activity to those who listen now, without storing it. Returns its id. */
  pass(conversationId: string, sender: Sender, activity: WireActivity): string {
    const listeners = this.listenersOf(conversationId);
    const stamped = this.stamp(conversationId, sender, activity);
    if (listeners.length === 0) return stamped.id;
    this.passed = (this.passed + 1) % SEQUENCE_STEP;
    const shown = withSequence(stamped, this.lastSequence(conversationId) * SEQUENCE_STEP + this.passed);
    for (const listener of listeners) listener.passing(shown);
    return stamped.id;
  }

  /** Stored activities after a sequence number, oldest first. */
  after(conversationId: string, sequence: number, limit: number): Page {
    const logged = this.log.after(conversationId, sequence, limit);
    return {
      activities: logged.map((entry) => withSequence(entry.activity, entry.sequence * SEQUENCE_STEP)),
      sequence: logged.at(-1)?.sequence ?? sequence,
    };
  }

  /** The sequence number of the newest activity; 0 for an empty conversation. */
  lastSequence(conversationId: string): number {
    let last = this.newest.get(conversationId) ?? 0;
    for (;;) {
      const batch: readonly LoggedActivity[] = this.log.after(conversationId, last, READ_BATCH);
      last = batch.at(-1)?.sequence ?? last;
      if (batch.length < READ_BATCH) return last;
    }
  }

  /** Returns what ends the listening. */
  listen(conversationId: string, listener: Listener): () => void {
    const listeners = this.listeners.get(conversationId) ?? new Set();
    this.listeners.set(conversationId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.listeners.get(conversationId) !== listeners) return;
      this.listeners.delete(conversationId);
      this.newest.delete(conversationId);
    };
  }

  private listenersOf(conversationId: string): Listener[] {
    return [...(this.listeners.get(conversationId) ?? [])];
  }

  private stamp(conversationId: string, from: Sender, activity: WireActivity): WireActivity & { readonly id: string } {
    return {
      ...activity,
      id: randomUUID(),
      timestamp: this.clock().toISOString(),
      channelId: 'directline',
      conversation: { id: conversationId },
      from,
    };
  }
}

/** Web Chat orders activities by this number. */
function withSequence(activity: WireActivity, sequence: number): WireActivity {
  const channelData = isRecord(activity.channelData) ? activity.channelData : {};
  return { ...activity, channelData: { ...channelData, 'webchat:sequence-id': sequence } };
}
