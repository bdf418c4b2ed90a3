/** Runs the turns of each conversation one after the other; turns of different conversations run side by side. */
export class TurnQueue {
  private readonly lines = new Map<string, { waiting: number; tail: Promise<void> }>();

  /** `limit` is the most turns that one conversation may have running or waiting. */
  constructor(
    private readonly limit: number,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** True while a conversation can take no more turns. */
  isFull(conversationId: string): boolean {
    return (this.lines.get(conversationId)?.waiting ?? 0) >= this.limit;
  }

  /** Queues a turn; its fault goes to `onFault` and does not stop the next one. */
  add(conversationId: string, turn: () => Promise<void>): void {
    const line = this.lines.get(conversationId) ?? { waiting: 0, tail: Promise.resolve() };
    this.lines.set(conversationId, line);
    line.waiting += 1;
    line.tail = line.tail
      .then(turn)
      .catch(this.onFault)
      .finally(() => {
        line.waiting -= 1;
        if (line.waiting === 0) this.lines.delete(conversationId);
      });
  }

  /** Resolves when every queued turn is over. */
  async idle(): Promise<void> {
    while (this.lines.size > 0) await Promise.all([...this.lines.values()].map((line) => line.tail));
  }
}
