import type { DeskState, Pending } from './state';

/** What outlives a refresh of the page: which conversations were open, what was seen, what was not sent yet. */
export interface Remembered {
  readonly agentId: string;
  readonly opened: readonly string[];
  readonly recent: readonly string[];
  /** By conversation: the newest entry seen. */
  readonly seen: Readonly<Record<string, number>>;
  readonly pending: readonly (Pending & { readonly conversationId: string })[];
}

/** What of a desk outlives a refresh. */
export function rememberedOf({ me, opened, recent, threads }: DeskState): Remembered {
  const all = [...threads];
  return {
    agentId: me.id,
    opened,
    recent,
    seen: Object.fromEntries(all.flatMap(([id, { seen }]) => (seen > 0 ? [[id, seen]] : []))),
    pending: all.flatMap(([conversationId, { pending }]) => pending.map((sent) => ({ ...sent, conversationId }))),
  };
}
