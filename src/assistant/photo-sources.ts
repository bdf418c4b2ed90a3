import { readFile } from 'node:fs/promises';
import { type AttachmentStore, type Downloader, type PhotoSource, type PhotoSources, VitrineError } from '../domain';

/** Longest photo, in bytes. */
const MOST_BYTES = 10 * 1024 * 1024;

/** Photos that shoppers uploaded here, and those that another channel keeps. */
export class StoredAndLinkedPhotos implements PhotoSources {
  constructor(
    private readonly attachments: Pick<AttachmentStore, 'get' | 'remove'>,
    private readonly downloader: Pick<Downloader, 'fetch'>,
  ) {}

  async bytes(source: PhotoSource, { conversation, signal }: { conversation: string; signal?: AbortSignal }) {
    if (source.kind === 'link') {
      const { bytes } = await this.downloader.fetch(source.url, { maxBytes: MOST_BYTES, ...(signal && { signal }) });
      return bytes;
    }
    const stored = this.owned(source.id, conversation);
    if (!stored) throw gone();
    return readFile(stored.file).catch((cause: unknown) => {
      throw gone(cause);
    });
  }

  async forget(source: PhotoSource, { conversation }: { conversation: string }): Promise<void> {
    if (source.kind === 'stored' && this.owned(source.id, conversation)) await this.attachments.remove(source.id);
  }

  /** Ids can't be guessed, but they can be passed on: a file is used in its own conversation only. */
  private owned(id: string, conversation: string) {
    const stored = this.attachments.get(id);
    return stored?.conversation === conversation ? stored : undefined;
  }
}

function gone(cause?: unknown): VitrineError {
  return new VitrineError('ATTACHMENT_GONE', 'The file is not there, or no longer.', { cause });
}
