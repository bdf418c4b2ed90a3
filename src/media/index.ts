export type { Resolver } from './address';
export { BytesAttachmentScreener } from './attachment-screener';
export { GuardedDownloader, type GuardedDownloaderOptions } from './downloader';
export { safeFileName } from './file-name';
export { SharpPictureNormaliser, type SharpPictureNormaliserOptions } from './picture-normaliser';
export { SharpPictureReader } from './picture-reader';
export { resolveInside } from './resolve-inside';
export { type PictureKind, sniff } from './sniff';
export { sniffVoice } from './sniff-voice';
