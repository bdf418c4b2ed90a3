import { readFile, stat } from 'node:fs/promises';
import { type AttachmentStore, type Downloader, type MediaSource, type MediaSources, VitrineError } from '../domain';

/** Files that shoppers uploaded here, and those that another channel keeps. */
export class StoredAndLinkedMedia implements MediaSources {
  constructor(
    private readonly attachments: Pick<AttachmentStore, 'get' | 'remove'>,
    private readonly downloader: Pick<Downloader, 'fetch'>,
  ) {}

  async bytes(
    source: MediaSource,
    { conversation, maxBytes, signal }: Parameters<MediaSources['bytes']>[1],
  ): Promise<Buffer> {
    if (source.kind === 'link') {
      const { bytes } = await this.downloader.fetch(source.url, { maxBytes, ...(signal && { signal }) });
      return bytes;
    }
    const stored = this.owned(source.id, conversation);
    if (!stored) throw gone();
    const orGone = (cause: unknown): never => {
      throw gone(cause);
    };
    const { size } = await stat(stored.file).catch(orGone);
    if (size > maxBytes) throw new VitrineError('ATTACHMENT_TOO_LARGE', `The file has more than ${maxBytes} bytes.`);
    return readFile(stored.file).catch(orGone);
  }

  async forget(source: MediaSource, { conversation }: { conversation: string }): Promise<void> {
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
