import type { Attachment } from 'botbuilder';
import type { PhotoSource } from '../domain';
import { isRecord } from './directline/activity';

/** What `attachmentPath` makes of an id. */
const STORED = /^\/v3\/attachments\/([A-Za-z0-9_-]{32})\/views\/original$/;
/** Teams describes a file that was uploaded in a chat so; its type is in the content. */
const TEAMS_FILE = 'application/vnd.microsoft.teams.file.download.info';
const PICTURE_NAMES = /^(?:jpe?g|png|webp|gif|avif|heic|bmp|tiff?)$/i;

/**
 * Where the photos of a message are: files that were uploaded here by their ids, those of other channels by their
 * addresses, even one that reads like ours: the Bot Framework's own are of that form. The sender's word decides only what is
 * looked at; the bytes decide what it is.
 */
export function photosOf(attachments: readonly Attachment[], { local }: { local: boolean }): PhotoSource[] {
  return attachments.flatMap((attachment) => {
    const url = photoAddress(attachment);
    if (url === undefined) return [];
    const stored = local ? STORED.exec(url.pathname)?.[1] : undefined;
    return [stored === undefined ? { kind: 'link', url: url.href } : { kind: 'stored', id: stored }];
  });
}

function photoAddress({ contentType, contentUrl, content }: Attachment): URL | undefined {
  if (contentType === TEAMS_FILE && isRecord(content)) {
    const { downloadUrl, fileType } = content;
    return typeof fileType === 'string' && PICTURE_NAMES.test(fileType) ? addressOf(downloadUrl) : undefined;
  }
  return typeof contentType === 'string' && /^image\//i.test(contentType) ? addressOf(contentUrl) : undefined;
}

function addressOf(value: unknown): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
}
