import type { DirectLineAttachment } from 'botframework-webchat-core';
import { PictureIcon } from './icons';
import { fill, useSpeech } from './texts';

/** A picture, a voice note, or the name of any other file. */
export function FileAttachment({ attachment }: { readonly attachment: DirectLineAttachment }) {
  const { texts, locale } = useSpeech();
  const { contentType, name } = attachment;
  const url = fileAddress(attachment.contentUrl);
  if (url !== undefined && contentType.startsWith('image/')) {
    return <img className="photo" src={url} alt={name ? fill(texts.photo, { name }, locale) : texts.photoUnnamed} />;
  }
  if (url !== undefined && /^(audio|video)\//.test(contentType)) {
    // biome-ignore lint/a11y/useMediaCaption: a shopper's own voice note has no captions.
    return <audio className="voice" controls src={url} aria-label={texts.voiceNote} />;
  }
  return (
    <p className="file">
      <PictureIcon />
      {name ?? contentType}
    </p>
  );
}

/** Files of this server, and those that the shopper has just chosen. */
function fileAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address, location.href)) return undefined;
  return ['http:', 'https:', 'blob:'].includes(new URL(address, location.href).protocol) ? address : undefined;
}
