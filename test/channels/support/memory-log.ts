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

  replace(
    conversationId: string,
    senderId: string,
    activityId: string,
    activity: Readonly<Record<string, unknown>>,
  ): number | undefined {
    const activities = this.conversations.get(conversationId)?.activities ?? [];
    const place = activities.findIndex((json) => {
      const { id, from } = JSON.parse(json);
      return id === activityId && from?.id === senderId;
    });
    if (place < 0) return undefined;
    activities[place] = JSON.stringify(activity);
    return place + 1;
  }

  remove(): void {
    throw new Error('What is removed is tested on the real log.');
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
