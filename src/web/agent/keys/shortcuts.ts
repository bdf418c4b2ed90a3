import type { TextKey } from '../texts';

/** What keys do, and what the help dialog says of them; `code` is the key's place, `key` what it writes. */
export const SHORTCUTS = [
  { id: 'help', key: '?', text: 'keyHelp' },
  { id: 'listOpen', key: '1', code: 'Digit1', text: 'keyListOpen' },
  { id: 'listMine', key: '2', code: 'Digit2', text: 'keyListMine' },
  { id: 'listMessage', key: '3', code: 'Digit3', text: 'keyListMessage' },
  { id: 'listClosed', key: '4', code: 'Digit4', text: 'keyListClosed' },
  { id: 'down', key: 'j', code: 'KeyJ', text: 'keyDown' },
  { id: 'up', key: 'k', code: 'KeyK', text: 'keyUp' },
  { id: 'nextTalk', key: ']', code: 'BracketRight', text: 'keyNextTalk' },
  { id: 'previousTalk', key: '[', code: 'BracketLeft', text: 'keyPreviousTalk' },
  { id: 'leave', key: 'x', code: 'KeyX', text: 'keyLeave' },
  { id: 'claim', key: 'c', code: 'KeyC', text: 'keyClaim' },
  { id: 'reply', key: 'r', code: 'KeyR', text: 'keyReply' },
  { id: 'note', key: 'n', code: 'KeyN', text: 'keyNote' },
  { id: 'products', key: 'p', code: 'KeyP', text: 'keyProducts' },
  { id: 'transfer', key: 't', code: 'KeyT', text: 'keyTransfer' },
  { id: 'return', key: 'b', code: 'KeyB', text: 'keyReturn' },
  { id: 'finish', key: 'f', code: 'KeyF', text: 'keyFinish' },
  { id: 'details', key: 'i', code: 'KeyI', text: 'keyDetails' },
] as const satisfies readonly { id: string; key: string; code?: string; text: TextKey }[];

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

/** What of a keyboard event decides. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** Is something being written? */
  readonly inText: boolean;
}

/**
 * What a key does: alone outside of text fields, where the agent allows that, and with Alt everywhere. With Alt its place
 * counts, since some systems write other letters then.
 */
export function shortcutOf(press: Press, singleKeys: boolean): ShortcutId | undefined {
  const { key, code, altKey, ctrlKey, metaKey, inText } = press;
  if (ctrlKey || metaKey) return undefined;
  if (altKey) return SHORTCUTS.find((shortcut) => 'code' in shortcut && shortcut.code === code)?.id;
  if (inText || !singleKeys) return undefined;
  return SHORTCUTS.find((shortcut) => shortcut.key === key.toLowerCase())?.id;
}
