import { isLanguage, type Language } from '../domain';
import type { ConversationState } from './flow';
import type { OpenQuestion } from './questions';
import { type StateFields, validState } from './state-schema';

/** The version that this release works with. */
const VERSION = 2;
/**
 * The version that this release writes: one that the release before it reads, too, so that going back to that loses no
 * conversation. A later release may raise it.
 */
const WRITTEN = 1;

/** From each version to the next. Fields that a version doesn't know are kept as they are. */
const MIGRATIONS: Readonly<Record<number, (state: StateFields, now: number) => StateFields>> = {
  // One question, for the next message alone, became those that are open.
  1: ({ asking, open, ...state }, now) => {
    if (asking === undefined) return state;
    const kept = (Array.isArray(open) ? open : []) as readonly Partial<OpenQuestion>[];
    // What a release after the first one wrote has both; in between the first one may have asked something else.
    const isKnown = JSON.stringify(kept.at(-1)?.question) === JSON.stringify(asking);
    return { ...state, open: isKnown ? kept : [{ question: asking, at: now, turns: 0, choices: [] }] };
  },
};

/**
 * The state as stored, in the form of today; a new one where there is none, or one of a version that isn't known. Of a
 * broken one what can be used is kept.
 *
 * @param language of a new conversation
 * @param now milliseconds since 1970
 */
export function migrateState(stored: unknown, language: Language, now: number): ConversationState {
  if (typeof stored !== 'object' || stored === null) return { version: VERSION, language };
  let state = stored as StateFields;
  const spoken = typeof state.language === 'string' && isLanguage(state.language) ? state.language : language;
  const version = Number(state.version);
  if (!(version === VERSION || version in MIGRATIONS)) return { version: VERSION, language: spoken };
  for (let from = version; from < VERSION; from++) state = MIGRATIONS[from]?.(state, now) ?? state;
  return { ...validState(state), version: VERSION, language: spoken };
}

/** The state as it is to be stored; see `WRITTEN`. */
export function storedState(state: ConversationState): Readonly<Record<string, unknown>> {
  const asking = state.open?.at(-1)?.question;
  return { ...state, version: WRITTEN, ...(asking && { asking }) };
}
