import { keep, recall } from '../../chat/storage';
import { type Remembered, rememberedOf } from './remembered';
import type { DeskState } from './state';

const KEY = 'vitrine.desk';

/** Keeps it in this tab of the browser. */
export function rememberDesk(state: DeskState): void {
  keep('session', KEY, JSON.stringify(rememberedOf(state)));
}

/** What the same agent's page kept before it was loaded again. */
export function recallDesk(agentId: string): Remembered | undefined {
  try {
    const kept = JSON.parse(recall('session', KEY) ?? 'null') as Remembered | null;
    return kept?.agentId === agentId ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves nothing behind: the next one at this computer is somebody else. */
export function forgetDesk(): void {
  keep('session', KEY, undefined);
}
