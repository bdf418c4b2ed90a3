import { randomUUID } from 'node:crypto';
import { type ActivityLog, VitrineError } from '../../domain';
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

/** An activity with its id, time and sender. */
export type StampedActivity = WireActivity & { readonly id: string };

/** Stored activities from somewhere in a conversation; `watermark` is where the next page starts. */
export interface Page {
  readonly activities: readonly WireActivity[];
  readonly sequence: number;
}

/** Room between two stored activities in `webchat:sequence-id` for those that are not stored. */
const SEQUENCE_STEP = 1000;

/** Local conversations: the durable log, and who listens to it now. */
export class Conversations {
  private readonly listeners = new Map<string, Set<Listener>>();
  private passed = 0;

  constructor(
    private readonly log: ActivityLog,
    private readonly clock: () => Date,
  ) {}

  exists(conversationId: string): boolean {
    return this.log.userOf(conversationId) !== undefined;
  }

  /** Does nothing when the conversation exists already. */
  open(conversationId: string, userId: string): void {
    this.log.open(conversationId, userId);
  }

  /** Throws CONVERSATION_UNKNOWN. */
  userOf(conversationId: string): string {
    const user = this.log.userOf(conversationId);
    if (user === undefined) throw new VitrineError('CONVERSATION_UNKNOWN', 'There is no such conversation.');
    return user;
  }

  /**
   * Stores an activity, shows it to all listeners and returns it as it was stored. An id that the conversation has
   * already is stored and shown once.
   */
  append(conversationId: string, sender: Sender, activity: WireActivity, id: string = randomUUID()): StampedActivity {
    const stored = this.stamp(conversationId, sender, activity, id);
    this.store(conversationId, stored);
    this.announce(conversationId);
    return stored;
  }

  /** An activity as it will be stored: with its id, time and sender. */
  stamp(conversationId: string, from: Sender, activity: WireActivity, id: string = randomUUID()): StampedActivity {
    return {
      ...activity,
      id,
      timestamp: this.clock().toISOString(),
      channelId: 'directline',
      conversation: { id: conversationId },
      from,
    };
  }

  /** Stores an activity without showing it: for writing it together with something else. */
  store(conversationId: string, stamped: StampedActivity): void {
    this.log.append(conversationId, stamped);
  }

  /** Shows what was stored to all listeners. */
  announce(conversationId: string): void {
    for (const listener of this.listenersOf(conversationId)) listener.stored();
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

  /**
   * Changes what a sender said, in the history and for those who listen. False when the sender said no such thing.
   */
  replace(conversationId: string, sender: Sender, activity: WireActivity, id: string): boolean {
    const stamped = this.stamp(conversationId, sender, activity, id);
    const sequence = this.log.replace(conversationId, sender.id, id, stamped);
    if (sequence === undefined) return false;
    const shown = withSequence(stamped, sequence * SEQUENCE_STEP);
    for (const listener of this.listenersOf(conversationId)) listener.passing(shown);
    return true;
  }

  /** Takes what a sender said out of the history; a page that shows it goes on showing it until it is opened again. */
  remove(conversationId: string, sender: Sender, id: string): void {
    this.log.remove(conversationId, sender.id, id);
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
    return this.log.last(conversationId);
  }

  /** Returns what ends the listening. */
  listen(conversationId: string, listener: Listener): () => void {
    const listeners = this.listeners.get(conversationId) ?? new Set();
    this.listeners.set(conversationId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.listeners.get(conversationId) !== listeners) return;
      this.listeners.delete(conversationId);
    };
  }

  private listenersOf(conversationId: string): Listener[] {
    return [...(this.listeners.get(conversationId) ?? [])];
  }
}

/** Web Chat orders activities by this number. */
function withSequence(activity: WireActivity, sequence: number): WireActivity {
  const channelData = isRecord(activity.channelData) ? activity.channelData : {};
  return { ...activity, channelData: { ...channelData, 'webchat:sequence-id': sequence } };
}
