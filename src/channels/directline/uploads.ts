import type { Request } from 'express';
import { type AttachmentScreener, type AttachmentStore, VitrineError } from '../../domain';
import { clientActivity, LOCAL, type WireActivity } from './activity';
import { parseJson } from './http';
import { type ReceivedFile, receiveFiles } from './multipart';

/** What `Uploads` needs. */
export interface UploadsOptions {
  readonly store: AttachmentStore;
  readonly screener: AttachmentScreener;
  /** The server's public address, without a slash at the end. */
  readonly publicUrl: string;
}

/** Where stored files are served; the id is what keeps them private. */
export function attachmentPath(id: string): string {
  return `/v3/attachments/${id}/views/original`;
}

/** An upload's activity, and the ids of its files. */
export interface Upload {
  readonly activity: WireActivity;
  readonly ids: readonly string[];
}

/** Takes the files of an upload: reads, screens and stores them, and makes the activity that shows them. */
export class Uploads {
  constructor(private readonly options: UploadsOptions) {}

  /** Throws MESSAGE_INVALID, ATTACHMENT_UNSUPPORTED, ATTACHMENT_TOO_LARGE, PICTURE_UNREADABLE or PICTURE_TOO_LARGE. */
  async receive(request: Request, conversation: string): Promise<Upload> {
    const { files, activity } = await receiveFiles(request);
    const described = clientActivity(activity === undefined ? { type: 'message' } : parseJson(activity));
    if (files.length === 0) throw new VitrineError('MESSAGE_INVALID', 'The upload holds no file.');
    // The files say what they are; what the client claims about them is dropped.
    const kept = [];
    for (const file of files) kept.push(await this.keep(file, conversation));
    const attachments = kept.map(({ attachment }) => attachment);
    return { activity: { ...described, attachments }, ids: kept.map(({ id }) => id) };
  }

  /** Removes the files of an upload whose message was refused. */
  async discard({ ids }: Upload): Promise<void> {
    for (const id of ids) await this.options.store.remove(id);
  }

  private async keep({ bytes, name }: ReceivedFile, conversation: string) {
    const screened = await this.options.screener.screen(bytes, name);
    const id = await this.options.store.put(LOCAL + conversation, screened);
    const contentUrl = this.options.publicUrl + attachmentPath(id);
    return { id, attachment: { contentType: screened.contentType, contentUrl, name: screened.name } };
  }
}
