import { type AttachmentScreener, type PictureNormaliser, type ScreenedAttachment, VitrineError } from '../domain';
import { safeFileName } from './file-name';
import { sniff } from './sniff';
import { sniffVoice } from './sniff-voice';

const MAX_VOICE_BYTES = 16 * 1024 * 1024;

/** What a shopper sent, decided by its bytes: a picture is decoded and encoded anew, a recording is kept as it came. */
export class BytesAttachmentScreener implements AttachmentScreener {
  constructor(private readonly pictures: PictureNormaliser) {}

  async screen(bytes: Buffer, name: string): Promise<ScreenedAttachment> {
    const safe = safeFileName(name);
    const voice = sniffVoice(bytes);
    if (voice !== undefined) {
      if (bytes.length > MAX_VOICE_BYTES) {
        throw new VitrineError('ATTACHMENT_TOO_LARGE', `The recording has more than ${MAX_VOICE_BYTES} bytes.`);
      }
      return { bytes, contentType: voice, name: safe };
    }
    if (sniff(bytes) === 'unknown') {
      throw new VitrineError('ATTACHMENT_UNSUPPORTED', 'The file is neither a picture nor a recording.');
    }
    const picture = await this.pictures.normalise(bytes);
    return { bytes: picture, contentType: 'image/webp', name: `${safe.replace(/\.[^.]{1,5}$/, '')}.webp` };
  }
}
