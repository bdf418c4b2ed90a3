import { VitrineError } from '../../domain';

/** Begins the keys of local conversations, in the inbox and with stored files; those of channels begin otherwise. */
export const LOCAL = 'local:';

/** An activity as JSON. */
export type WireActivity = Readonly<Record<string, unknown>>;

const CLIENT_TYPES = new Set(['message', 'event', 'typing']);
const CLIENT_FIELDS = [
  'type',
  'text',
  'textFormat',
  'locale',
  'value',
  'valueType',
  'name',
  'label',
  'attachments',
  'entities',
  'channelData',
  'localTimestamp',
  'localTimezone',
  'replyToId',
  'inputHint',
];
const BOT_FIELDS = [...CLIENT_FIELDS, 'attachmentLayout', 'suggestedActions', 'speak', 'summary', 'importance'];
const TEXT_FIELDS = [
  'text',
  'textFormat',
  'locale',
  'name',
  'label',
  'replyToId',
  'inputHint',
  'localTimestamp',
  'localTimezone',
];
const MAX_ATTACHMENTS = 10;
const MAX_DEPTH = 32;

/** True for a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The part of a client's body that may enter: what the server decides (`from`, `serviceUrl`, `conversation`,
 * `deliveryMode` …) is dropped. Throws MESSAGE_INVALID.
 */
export function clientActivity(body: unknown): WireActivity {
  if (!isRecord(body)) throw invalid('The body must be an activity: a JSON object.');
  const { type } = body;
  if (typeof type !== 'string') throw invalid('The activity needs a type, a text.');
  if (!CLIENT_TYPES.has(type)) throw invalid('The type must be message, event or typing.');
  for (const field of TEXT_FIELDS) {
    if (!isAbsent(body[field]) && typeof body[field] !== 'string') throw invalid(`"${field}" must be a text.`);
  }
  if (!isAbsent(body.channelData) && !isRecord(body.channelData)) throw invalid('"channelData" must be an object.');
  checkList(body, 'attachments');
  checkList(body, 'entities');
  if (deeperThan(body, MAX_DEPTH)) throw invalid('The activity is nested too deeply.');
  return pick(body, CLIENT_FIELDS);
}

/**
 * The part of a bot's activity that shoppers may see. Undefined for what is not meant for them: traces, and hand-off
 * events with their transcript. Leaves out `serviceUrl`, which is a secret. Throws MESSAGE_INVALID.
 */
export function botActivity(body: unknown): WireActivity | undefined {
  if (!isRecord(body) || typeof body.type !== 'string') throw invalid('The body must be an activity with a type.');
  if (!CLIENT_TYPES.has(body.type)) return undefined;
  if (body.type === 'event' && String(body.name).startsWith('handoff.')) return undefined;
  return pick(body, BOT_FIELDS);
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function checkList(body: Record<string, unknown>, field: string): void {
  const list = body[field];
  if (isAbsent(list)) return;
  if (!Array.isArray(list) || list.length > MAX_ATTACHMENTS || !list.every(isRecord)) {
    throw invalid(`"${field}" must be a list of at most ${MAX_ATTACHMENTS} objects.`);
  }
}

function pick(body: Record<string, unknown>, fields: readonly string[]): WireActivity {
  return Object.fromEntries(fields.filter((field) => !isAbsent(body[field])).map((field) => [field, body[field]]));
}

/** Walks level by level, so that a hostile nesting can't exhaust the stack. */
function deeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let step = 0; step <= depth; step += 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function invalid(message: string): VitrineError {
  return new VitrineError('MESSAGE_INVALID', message);
}
