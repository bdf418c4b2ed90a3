import type { Texts } from './texts';

/** Why the server did not take a message; the keys of its texts. */
export type Refusal = 'busy' | 'tooLarge' | 'unsupportedFile' | 'unreadableFile' | 'refused';

const BY_STATUS: Readonly<Record<number, Refusal>> = {
  413: 'tooLarge',
  415: 'unsupportedFile',
  422: 'unreadableFile',
  429: 'busy',
};

/** What to say to the shopper about a refusal. */
export function refusalText(refusal: Refusal, texts: Texts): string {
  return texts[refusal];
}

/** A middleware of Web Chat's store that tells why a message was refused, and when another one arrived. */
export function refusalMiddleware(tell: (refusal: Refusal | undefined) => void) {
  return () =>
    (next: (action: unknown) => unknown) =>
    (action: unknown): unknown => {
      const { type, payload } = (action ?? {}) as { readonly type?: unknown; readonly payload?: unknown };
      if (type === 'DIRECT_LINE/POST_ACTIVITY_FULFILLED') tell(undefined);
      if (type === 'DIRECT_LINE/POST_ACTIVITY_REJECTED') {
        const { status } = (payload ?? {}) as { readonly status?: unknown };
        // Without a status the message was lost, not refused: it says so itself.
        if (typeof status === 'number' && status >= 400) tell(BY_STATUS[status] ?? 'refused');
      }
      return next(action);
    };
}
