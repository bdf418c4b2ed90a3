import { type KeyboardEvent, type RefObject, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { Canned, Ticket } from '../api/types';
import { useDesk } from '../desk-context';
import { cannedFor, filled, openSlot, type Slash, slashBefore, textOf } from './canned';

interface CannedOptions {
  readonly ticket: Ticket;
  /** What goes into the slots. */
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly box: RefObject<HTMLTextAreaElement>;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** The list of canned replies that opens at a slash, and the keys that go through it. */
export function useCanned({ ticket, values, box, text, onText }: CannedOptions) {
  const { desk } = useDesk();
  const all = useSyncExternalStore(desk.canned.subscribe, desk.canned.snapshot);
  const [slash, setSlash] = useState<Slash>();
  const [active, setActive] = useState(0);
  const found = slash === undefined ? [] : cannedFor(all, slash.query);
  const open = slash !== undefined && (found.length > 0 || all.length === 0);

  const look = (value: string, caret: number) => {
    setSlash(slashBefore(value, caret));
    setActive(0);
  };
  const close = () => setSlash(undefined);
  /** Puts text in the place of the shortcut, and the caret behind it or onto the first slot. */
  const choose = (reply: Canned) => {
    const element = box.current;
    if (element === null || slash === undefined) return;
    const words = filled(textOf(reply, ticket.language), values);
    const next = text.slice(0, slash.from) + words + text.slice(slash.from + slash.query.length + 1);
    // The text box must have the words before the caret can go among them.
    flushSync(() => onText(next));
    const slot = openSlot(next);
    const end = slash.from + words.length;
    element.focus();
    element.setSelectionRange(slot?.from ?? end, slot?.to ?? end);
    close();
  };
  /** What the button does: a slash where the caret is. */
  const begin = () => {
    const element = box.current;
    if (element === null) return;
    const caret = element.selectionStart;
    const before = text.slice(0, caret);
    const lead = before === '' || /\s$/.test(before) ? '/' : ' /';
    flushSync(() => onText(before + lead + text.slice(caret)));
    element.focus();
    element.setSelectionRange(caret + lead.length, caret + lead.length);
    look(element.value, element.selectionStart);
  };
  /** True for keys that the list takes. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const reply = found[active];
    if (!open || reply === undefined) return false;
    if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(reply);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    return true;
  };
  const onInput = ({ value, selectionStart }: HTMLTextAreaElement) => look(value, selectionStart);
  return { open, found, active, choose, begin, close, onInput, onKeyDown };
}

export type CannedChoice = ReturnType<typeof useCanned>;
