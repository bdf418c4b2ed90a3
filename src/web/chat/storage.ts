/** Reads a remembered text. Storage may be switched off: then nothing is remembered. */
export function recall(storage: 'local' | 'session', key: string): string | undefined {
  try {
    return storeOf(storage).getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a text, or forgets it when it is undefined. */
export function keep(storage: 'local' | 'session', key: string, value: string | undefined): void {
  try {
    if (value === undefined) storeOf(storage).removeItem(key);
    else storeOf(storage).setItem(key, value);
  } catch {
    // See `recall`.
  }
}

function storeOf(storage: 'local' | 'session'): Storage {
  return storage === 'local' ? localStorage : sessionStorage;
}
