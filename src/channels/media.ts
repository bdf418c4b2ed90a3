import type { Attachment } from 'botbuilder';
import type { MediaSource } from '../domain';
import { isRecord } from './directline/activity';

/** What `attachmentPath` makes of an id. */
const STORED = /^\/v3\/attachments\/([A-Za-z0-9_-]{32})\/views\/original$/;
/** Teams describes a file that was uploaded in a chat so; its type is in the content. */
const TEAMS_FILE = 'application/vnd.microsoft.teams.file.download.info';

/** By what a medium is told: the type of an attachment, or the ending of a file's name. */
interface Medium {
  readonly types: RegExp;
  readonly names: RegExp;
}

const PHOTO: Medium = { types: /^image\//i, names: /^(?:jpe?g|png|webp|gif|avif|heic|bmp|tiff?)$/i };
/** A recorder calls sound alone `video/webm` or `video/mp4`, some channels plain `audio`. */
const VOICE: Medium = {
  types: /^(?:audio(?:\/|$)|video\/(?:webm|mp4|3gpp2?)(?:;|$)|application\/ogg(?:;|$))/i,
  names: /^(?:wav|mp3|ogg|oga|opus|webm|m4a|mp4|3gp|3g2|aac|flac|amr)$/i,
};

/**
 * Where the photos of a message are: files that were uploaded here by their ids, those of other channels by their
 * addresses, even one that reads like ours: the Bot Framework's own are of that form. The sender's word decides only what is
 * looked at; the bytes decide what it is.
 */
export function photosOf(attachments: readonly Attachment[], origin: { local: boolean }): MediaSource[] {
  return sourcesOf(PHOTO, attachments, origin);
}

/** Where the voice notes of a message are, likewise. */
export function voicesOf(attachments: readonly Attachment[], origin: { local: boolean }): MediaSource[] {
  return sourcesOf(VOICE, attachments, origin);
}

function sourcesOf(medium: Medium, attachments: readonly Attachment[], { local }: { local: boolean }): MediaSource[] {
  return attachments.flatMap((attachment) => {
    const url = addressOf(medium, attachment);
    if (url === undefined) return [];
    const stored = local ? STORED.exec(url.pathname)?.[1] : undefined;
    return [stored === undefined ? { kind: 'link', url: url.href } : { kind: 'stored', id: stored }];
  });
}

function addressOf(medium: Medium, { contentType, contentUrl, content }: Attachment): URL | undefined {
  if (contentType === TEAMS_FILE && isRecord(content)) {
    const { downloadUrl, fileType } = content;
    return typeof fileType === 'string' && medium.names.test(fileType) ? parsed(downloadUrl) : undefined;
  }
  return typeof contentType === 'string' && medium.types.test(contentType) ? parsed(contentUrl) : undefined;
}

function parsed(value: unknown): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
}
