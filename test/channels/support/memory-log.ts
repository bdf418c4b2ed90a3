import type { ActivityLog, LoggedActivity } from '../../../src/domain';

/** An activity log in memory; copies on every write and read. */
export class MemoryActivityLog implements ActivityLog {
  readonly conversations = new Map<string, { userId: string; activities: string[] }>();

  open(conversationId: string, userId: string): void {
    if (!this.conversations.has(conversationId)) this.conversations.set(conversationId, { userId, activities: [] });
  }

  userOf(conversationId: string): string | undefined {
    return this.conversations.get(conversationId)?.userId;
  }

  append(conversationId: string, activity: Readonly<Record<string, unknown>>): void {
    const conversation = this.conversations.get(conversationId);
    if (conversation === undefined) throw new Error('The conversation is not open.');
    if (conversation.activities.some((json) => JSON.parse(json).id === activity.id)) return;
    conversation.activities.push(JSON.stringify(activity));
  }

  last(conversationId: string): number {
    return this.conversations.get(conversationId)?.activities.length ?? 0;
  }

  after(conversationId: string, sequence: number, limit: number): LoggedActivity[] {
    const activities = this.conversations.get(conversationId)?.activities ?? [];
    return activities
      .slice(sequence, sequence + limit)
      .map((json, index) => ({ sequence: sequence + index + 1, activity: JSON.parse(json) }));
  }
}
