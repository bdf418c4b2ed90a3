/** A file that a shopper sent, kept for a while. */
export interface StoredAttachment {
  /** The conversation that it was sent in. */
  readonly conversation: string;
  readonly file: string;
  readonly contentType: string;
  readonly name: string;
}

/** A file that may be kept and shown. */
export interface ScreenedAttachment {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly name: string;
}

/**
 * Decides by its bytes what a file is and makes it harmless. Throws ATTACHMENT_UNSUPPORTED, ATTACHMENT_TOO_LARGE,
 * PICTURE_UNREADABLE or PICTURE_TOO_LARGE.
 */
export interface AttachmentScreener {
  screen(bytes: Buffer, name: string): Promise<ScreenedAttachment>;
}

/** Files that shoppers sent. */
export interface AttachmentStore {
  /** Keeps a file and returns its id, which nobody can guess. */
  put(conversation: string, attachment: ScreenedAttachment): Promise<string>;
  /** Undefined when there is none, or no longer. */
  get(id: string): StoredAttachment | undefined;
  /** Removes one; nothing happens when it is not there. */
  remove(id: string): Promise<void>;
  /** Removes what is older than some milliseconds. */
  expire(olderThan: number): Promise<void>;
  /** Removes files that a killed process left without an entry. */
  removeStrays(): Promise<void>;
}
