import type { Interval } from '../bootstrap';
import { wilsonInterval } from '../wilson';
import type { SlotState } from './item';
import { MISSES, type Miss, type PlayedDialog } from './play';
import { DIALOG_KINDS, type DialogKind, type DialogSet } from './script';

/** What came of some conversations. Shares are 0 to 1; null where there is nothing to take a share of. */
export interface DialogFigures {
  readonly n: number;
  readonly reached: number;
  /** Share of conversations whose goal was reached, with its 95 % interval by Wilson. */
  readonly success: Interval | null;
  /** Mean number of the turn in which the goal was reached, over those that reached it. */
  readonly turnsToSuccess: number | null;
  /** Share of the assistant's turns that asked something. */
  readonly questions: number | null;
  /**
   * Slot accuracy: of all attributes that goals name (kind, colour …, price bound), the share that the assistant's last
   * query held with that value when the goal was reached, or at the end. What the shopper did not need to say counts, too.
   */
  readonly slots: number | null;
  /** Of these, the share for which it held only other values. */
  readonly wrongSlots: number | null;
  /** Share of conversations without that goal in which a person was offered or called. */
  readonly unwantedPerson: number | null;
  /** How many missed their goal why; reasons that none has are left out. */
  readonly misses: Readonly<Partial<Record<Miss, number>>>;
}

export interface DialogReport {
  readonly set: DialogSet;
  readonly overall: DialogFigures;
  readonly byLanguage: Readonly<Record<string, DialogFigures>>;
  readonly byKind: Readonly<Partial<Record<DialogKind, DialogFigures>>>;
  /** Openings to be spoken: spoken and heard, spoken but misheard and then typed, typed because they can't be spoken here. */
  readonly voice: Readonly<Record<'spoken' | 'again' | 'typed', number>>;
  /** Conversations in which the assistant failed; whoever's message did not get through says it once more. */
  readonly faults: number;
  /** Questions whose topic is not known, judged by the file of the answer alone. */
  readonly byFileOnly: number;
  /** Every conversation with its words. Missing for what is held out: nobody shall tune on it. */
  readonly dialogs?: readonly PlayedDialog[];
}

/** Figures of played conversations; their words are kept of validation only. */
export function reportDialogs(set: DialogSet, dialogs: readonly PlayedDialog[]): DialogReport {
  const by = <K extends string>(keys: readonly K[], keyOf: (dialog: PlayedDialog) => K) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const found = dialogs.filter((dialog) => keyOf(dialog) === key);
        return found.length > 0 ? [[key, figuresOf(found)]] : [];
      }),
    );
  const spoken = (how: PlayedDialog['voice']) => dialogs.filter(({ voice }) => voice === how).length;
  const languages = [...new Set(dialogs.map(({ language }) => language))];
  return {
    set,
    overall: figuresOf(dialogs),
    byLanguage: by(languages, ({ language }) => language),
    byKind: by(DIALOG_KINDS, ({ kind }) => kind),
    voice: { spoken: spoken('spoken'), again: spoken('again'), typed: spoken('typed') },
    faults: dialogs.filter(({ fault }) => fault !== undefined).length,
    byFileOnly: dialogs.filter(({ byFileOnly }) => byFileOnly).length,
    ...(set === 'validation' && { dialogs }),
  };
}

export function figuresOf(dialogs: readonly PlayedDialog[]): DialogFigures {
  const reached = dialogs.flatMap(({ reachedAt }) => reachedAt ?? []);
  const answered = dialogs.flatMap(({ turns }) => turns.filter(({ replies }) => replies.length > 0));
  const slots = dialogs.flatMap((dialog) => Object.values(dialog.slots ?? {}));
  const others = dialogs.filter(({ kind }) => kind !== 'person');
  const slotShare = (state: SlotState) => shareOf(slots, (slot) => slot === state);
  return {
    n: dialogs.length,
    reached: reached.length,
    success: wilsonInterval(reached.length, dialogs.length),
    turnsToSuccess: reached.length === 0 ? null : reached.reduce((sum, turn) => sum + turn, 0) / reached.length,
    questions: shareOf(answered, ({ asks }) => asks !== undefined),
    slots: slotShare('held'),
    wrongSlots: slotShare('other'),
    unwantedPerson: shareOf(others, ({ unwantedPerson }) => unwantedPerson),
    misses: Object.fromEntries(
      MISSES.flatMap((miss) => {
        const count = dialogs.filter((dialog) => dialog.miss === miss).length;
        return count > 0 ? [[miss, count]] : [];
      }),
    ),
  };
}

function shareOf<T>(list: readonly T[], counts: (each: T) => boolean): number | null {
  return list.length === 0 ? null : list.filter(counts).length / list.length;
}
