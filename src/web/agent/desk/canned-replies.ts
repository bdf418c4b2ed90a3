import type { ConsoleApi } from '../api/console-api';
import type { Canned } from '../api/types';

/** The shop's canned replies, loaded once and again when they were changed. */
export class CannedReplies {
  private replies: readonly Canned[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly api: ConsoleApi) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly Canned[] => this.replies;

  /** Without the server the known ones stay. */
  readonly load = async (): Promise<void> => {
    const answer = await this.api.canned();
    if (!answer.ok) return;
    this.replies = answer.value.canned;
    for (const listener of this.listeners) listener();
  };
}
