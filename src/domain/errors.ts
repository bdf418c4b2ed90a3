/**
 * The one table of faults. `status` is the HTTP status where the fault reaches a client; `hint` says what to do.
 * Expected outcomes (no product matches, a row is skipped) are return values, not errors.
 */
export const ERRORS = {
  CONFIG_INVALID: { status: 500, hint: 'Correct the named setting and start again.' },
  DATA_DIR_UNWRITABLE: { status: 500, hint: 'Check the permissions and the free space of the data directory.' },
  DATA_DIR_LOCKED: { status: 500, hint: 'Stop the other process that uses this data directory, or set DATA_DIR.' },
  STORAGE_FULL: { status: 507, hint: 'Free some space on the disk of the data directory, then run it again.' },
  STORAGE_FAILED: { status: 500, hint: 'See the cause; nothing was half written.' },
  INDEX_MISSING: { status: 503, hint: 'Run "vitrine demo" or "vitrine import FEED" first.' },
  INDEX_MISMATCH: { status: 500, hint: 'Run "vitrine reindex" to build the index anew.' },
  INDEX_FAILED: { status: 500, hint: 'Run "vitrine reindex"; the products are safe in storage.' },
  FEED_NOT_FOUND: { status: 404, hint: 'Check the path or address of the feed.' },
  FEED_UNRECOGNISED: {
    status: 422,
    hint: 'Supported: Google Merchant TSV and XML, Shopify product CSV, JSON Lines of schema.org Product.',
  },
  FEED_BROKEN: { status: 422, hint: 'The catalogue that serves is unchanged; correct the feed and import it again.' },
  DOWNLOAD_BLOCKED: { status: 400, hint: 'Only public http and https addresses are fetched.' },
  DOWNLOAD_FAILED: { status: 502, hint: 'Check that the address answers, then try again.' },
  DOWNLOAD_TOO_LARGE: { status: 413, hint: 'Send a smaller file.' },
  DOWNLOAD_TIMEOUT: { status: 504, hint: 'The other side was too slow; try again.' },
  PICTURE_UNREADABLE: { status: 422, hint: 'Send a JPEG, PNG, WebP, GIF or AVIF picture.' },
  PICTURE_TOO_LARGE: { status: 413, hint: 'Send a smaller picture.' },
  EVENT_INVALID: {
    status: 400,
    hint: 'Send {"userId":…, "channel":…, "productId":…, "kind":"view|like|purchase", "at":…}; channel and at may be left out.',
  },
  BIDS_BROKEN: { status: 422, hint: 'A header with the columns id, bid and, where it is not the shop’s, currency.' },
  KNOWLEDGE_BROKEN: {
    status: 500,
    hint: 'Correct the named line: one "# Title" at the top, then "## Heading" and its text for each passage; start again.',
  },
  ORDERS_FAILED: { status: 502, hint: 'Check ORDERS and ORDERS_SECRET, and the shop’s API behind them.' },
  LLM_FAILED: {
    status: 502,
    hint: 'Answers go on without it. Check LLM_URL, LLM_MODEL and LLM_KEY; see "vitrine doctor".',
  },
  STOCK_WEBHOOK_FAILED: {
    status: 502,
    hint: 'Check STOCK_WEBHOOK and STOCK_WEBHOOK_SECRET; what was not taken is sent again with the next check.',
  },
  QUERY_INVALID: { status: 400, hint: 'See the message.' },
  ENCODER_FAILED: { status: 503, hint: 'Searching goes on by words alone; see "vitrine doctor".' },
  FUSION_FAILED: { status: 503, hint: 'Searching goes on with the plain sum of the vectors; see "vitrine doctor".' },
  TRAINING_FAILED: { status: 422, hint: 'The weights that serve are unchanged; see the message.' },
  MODEL_MANIFEST_INVALID: { status: 500, hint: 'Correct the named field of manifest.json in the models folder.' },
  MODEL_UNKNOWN: { status: 404, hint: 'Run "vitrine models list" to see which models there are.' },
  MODEL_MISSING: { status: 503, hint: 'Run "vitrine models pull", or set MODELS=starter.' },
  MODEL_CORRUPT: {
    status: 503,
    hint: 'Run "vitrine models verify"; fetch a hub model anew with "vitrine models pull", restore a starter model.',
  },
  MODEL_CHANGED: {
    status: 502,
    hint: 'What the hub sends is not what was pinned; nothing of it was kept. Check MODELS_HUB_URL, then try again.',
  },
  MESSAGE_INVALID: { status: 400, hint: 'See the Direct Line documentation.' },
  MESSAGE_TOO_LARGE: { status: 413, hint: 'Send a shorter message.' },
  UNAUTHORISED: { status: 401, hint: 'Ask for a new token.' },
  FORBIDDEN: { status: 403, hint: 'The token or the session does not open this, or has expired.' },
  LOGIN_FAILED: { status: 401, hint: 'Check the name, the password and, where there is one, the code.' },
  TOTP_REQUIRED: { status: 401, hint: 'Send the code of the authenticator app, too.' },
  SIGNED_OUT: { status: 401, hint: 'Sign in again.' },
  CONFLICT: { status: 409, hint: 'Somebody else changed it first: look at it again.' },
  AGENT_INVALID: { status: 422, hint: 'See the message; "vitrine agent --help" says what it takes.' },
  AGENT_UNKNOWN: { status: 404, hint: 'Run "vitrine agent list" to see who there is.' },
  CONVERSATION_UNKNOWN: { status: 404, hint: 'Start a new conversation.' },
  NOT_FOUND: { status: 404, hint: 'Check the address.' },
  BUSY: { status: 429, hint: 'Wait for the answers, then send it again.' },
  TOO_MANY_REQUESTS: { status: 429, hint: 'Wait a while, then try again.' },
  NOT_READY: { status: 503, hint: 'Try again in a moment.' },
  ATTACHMENT_UNSUPPORTED: { status: 415, hint: 'Send a photo (JPEG, PNG, WebP, GIF, AVIF) or a voice note.' },
  ATTACHMENT_TOO_LARGE: { status: 413, hint: 'Send a smaller file.' },
  ATTACHMENT_GONE: { status: 410, hint: 'Files are kept for a day; send it again.' },
  VOICE_UNREADABLE: { status: 422, hint: 'Send a voice note as WAV, MP3, Ogg, WebM, MP4, 3GP, AAC, FLAC or AMR.' },
  VOICE_TOO_LONG: { status: 413, hint: 'Send a shorter voice note: two minutes at most.' },
  VOICE_SILENT: { status: 422, hint: 'Nobody speaks in the recording; check the microphone.' },
  VOICE_FAILED: { status: 503, hint: 'The voice note was not used; try again, see "vitrine doctor".' },
  RECOGNISER_FAILED: { status: 503, hint: 'The voice note was not used; try again, see "vitrine doctor".' },
  PHOTO_SCREENING_FAILED: { status: 503, hint: 'The photo was not used; try again, see "vitrine doctor".' },
  TRANSLATION_FAILED: { status: 503, hint: 'The words are shown as they were written; see "vitrine doctor".' },
  HUB_FAILED: { status: 502, hint: 'Check HANDOFF_HUB_URL and HANDOFF_HUB_SECRET, and that the hub answers.' },
  INTERNAL: { status: 500, hint: 'Try again in a moment.' },
  TURN_TIMEOUT: { status: 504, hint: 'Try again in a moment.' },
  SYSTEM_UNAVAILABLE: { status: 422, hint: 'Name others with --systems, or leave it out.' },
  REPORT_NOT_WRITTEN: {
    status: 500,
    hint: 'Name a folder for --report that can be written; it is made where it is missing.',
  },
  EVALUATION_INVALID: { status: 422, hint: 'Each line: {"text":…, "lang":…, "relevant":{"<product id>":gain}}.' },
} as const satisfies Record<string, { status: number; hint: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** A fault with a code of the table. Its message never holds a shopper's words or a secret. */
export class VitrineError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'VitrineError';
    this.code = code;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get hint(): string {
    return ERRORS[this.code].hint;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
