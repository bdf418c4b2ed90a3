import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { keep, recall } from '../../chat/storage';
import { type ShortcutId, shortcutOf } from './shortcuts';

const KEY = 'vitrine.agent.keys';
const WRITES = 'input:not([type=radio],[type=checkbox],[type=range]), textarea, select, [contenteditable]';

interface Registry {
  readonly handlers: Map<ShortcutId, () => void>;
  /** Do keys work alone? Who dictates or presses keys by accident switches it off. */
  readonly singleKeys: boolean;
  readonly setSingleKeys: (on: boolean) => void;
}

const context = createContext<Registry | undefined>(undefined);

function useRegistry(): Registry {
  const registry = useContext(context);
  if (registry === undefined) throw new Error('ShortcutsProvider is missing.');
  return registry;
}

/** Listens to the keyboard for everything below. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const [handlers] = useState(() => new Map<ShortcutId, () => void>());
  const [singleKeys, setSingle] = useState(() => recall('local', KEY) !== 'off');
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return;
      const inText = target instanceof Element && target.matches(WRITES);
      const { key, code, altKey, ctrlKey, metaKey } = event;
      const id = shortcutOf({ key, code, altKey, ctrlKey, metaKey, inText }, singleKeys);
      const handler = id && handlers.get(id);
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [handlers, singleKeys]);
  const registry = useMemo(() => {
    const setSingleKeys = (on: boolean) => {
      keep('local', KEY, on ? undefined : 'off');
      setSingle(on);
    };
    return { handlers, singleKeys, setSingleKeys };
  }, [handlers, singleKeys]);
  return <context.Provider value={registry}>{children}</context.Provider>;
}

/** Does something at a shortcut, while `active`. */
export function useShortcut(id: ShortcutId, action: () => void, active = true): void {
  const { handlers } = useRegistry();
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (!active) return undefined;
    const handler = () => latest.current();
    handlers.set(id, handler);
    return () => {
      if (handlers.get(id) === handler) handlers.delete(id);
    };
  }, [handlers, id, active]);
}

/** Whether keys work alone, and what changes that. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const { singleKeys, setSingleKeys } = useRegistry();
  return [singleKeys, setSingleKeys];
}
