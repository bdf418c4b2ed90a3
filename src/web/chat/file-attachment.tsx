import type { DirectLineAttachment } from 'botframework-webchat-core';
import { useState } from 'react';
import { PictureIcon } from './icons';
import { fill, useSpeech } from './texts';
import { VoicePlayer } from './voice/voice-player';

/** A picture, a voice note, or the name of any other file and of those that can't be shown. */
export function FileAttachment({ attachment }: { readonly attachment: DirectLineAttachment }) {
  const { texts, locale } = useSpeech();
  const url = fileAddress(attachment);
  const [failed, setFailed] = useState<string>();
  const { contentType, name } = attachment;
  if (url !== undefined && url !== failed) {
    if (contentType.startsWith('image/')) {
      const alt = name ? fill(texts.photo, { name }, locale) : texts.photoUnnamed;
      return <img className="photo" src={url} alt={alt} onError={() => setFailed(url)} />;
    }
    if (/^(audio|video)\//.test(contentType)) {
      return (
        <div className="voice">
          <VoicePlayer url={url} />
        </div>
      );
    }
  }
  return (
    <p className="file">
      <PictureIcon />
      {name ?? contentType}
    </p>
  );
}

/**
 * The address of a file on a server, or of one that the shopper has just chosen: until it has arrived, Web Chat keeps
 * only its thumbnail.
 */
function fileAddress({ contentUrl, thumbnailUrl }: DirectLineAttachment): string | undefined {
  const address = contentUrl ?? thumbnailUrl;
  if (address === undefined || !URL.canParse(address, location.href)) return undefined;
  return ['http:', 'https:', 'blob:'].includes(new URL(address, location.href).protocol) ? address : undefined;
}
