/** What the assistant understood of a voice note. */
export interface Heard {
  readonly text: string;
  /** False where it may well be something else. */
  readonly sure: boolean;
}

/** What of an activity says what was heard, and in which message. */
interface Reply {
  readonly replyToId?: unknown;
  readonly channelData?: unknown;
}

/** What was heard in each message, by its id: answers carry it. */
export function heardIn(activities: readonly object[]): ReadonlyMap<string, Heard> {
  const found = new Map<string, Heard>();
  for (const activity of activities) {
    const { replyToId, channelData }: Reply = activity;
    const heard = heardOf(channelData);
    if (typeof replyToId === 'string' && replyToId !== '' && heard) found.set(replyToId, heard);
  }
  return found;
}

function heardOf(channelData: unknown): Heard | undefined {
  const heard = field(field(channelData, 'vitrine'), 'heard');
  const text = field(heard, 'text');
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  // Without a word about it, it is not sure.
  return { text: text.trim(), sure: field(heard, 'sure') === true };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The text box's words with what was heard: what the shopper has begun to write is not lost. */
export function withHeard(draft: string, heard: string): string {
  const begun = draft.trimEnd();
  if (begun === '' || begun === heard) return heard;
  return begun.endsWith(`\n${heard}`) ? begun : `${begun}\n${heard}`;
}
