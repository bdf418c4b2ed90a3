/** Where a photo or a voice note of a message is: a file that a local client uploaded, or an address of a channel. */
export type MediaSource =
  | { readonly kind: 'stored'; readonly id: string }
  | { readonly kind: 'link'; readonly url: string };

/** Gets the bytes of a message's photos and voice notes. */
export interface MediaSources {
  /**
   * Throws DOWNLOAD_* for addresses that must not or cannot be fetched, ATTACHMENT_TOO_LARGE or DOWNLOAD_TOO_LARGE for more
   * than `maxBytes`, and ATTACHMENT_GONE for files that are not, or no longer, there or were sent in another conversation.
   */
  bytes(
    source: MediaSource,
    options: { readonly conversation: string; readonly maxBytes: number; readonly signal?: AbortSignal },
  ): Promise<Buffer>;
  /** Removes a file that was stored in this conversation: a refused photo is not kept. Links are nobody's to remove. */
  forget(source: MediaSource, options: { readonly conversation: string }): Promise<void>;
}
