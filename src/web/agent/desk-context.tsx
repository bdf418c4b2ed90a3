import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { ConsoleApi } from './api/console-api';
import type { Settings } from './api/types';
import type { Desk } from './desk/desk';
import type { DeskState } from './desk/state';

interface DeskTools {
  readonly desk: Desk;
  readonly api: ConsoleApi;
  readonly settings: Settings;
}

const toolsContext = createContext<DeskTools | undefined>(undefined);
const stateContext = createContext<DeskState | undefined>(undefined);

/** Gives the desk, and what is on it now, to the components below. */
export function DeskProvider({ desk, api, settings, children }: DeskTools & { readonly children: ReactNode }) {
  const state = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const tools = useMemo(() => ({ desk, api, settings }), [desk, api, settings]);
  return (
    <toolsContext.Provider value={tools}>
      <stateContext.Provider value={state}>{children}</stateContext.Provider>
    </toolsContext.Provider>
  );
}

/** The desk and the API; they never change. */
export function useDesk(): DeskTools {
  const tools = useContext(toolsContext);
  if (tools === undefined) throw new Error('DeskProvider is missing.');
  return tools;
}

/** What is on the desk now. */
export function useDeskState(): DeskState {
  const state = useContext(stateContext);
  if (state === undefined) throw new Error('DeskProvider is missing.');
  return state;
}
