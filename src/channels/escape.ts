const MARKUP = /[\\`*_{}[\]()#+\-.!|<>&~=:"'^$@/]/g;
/** Channels that render the texts of a card as Markdown. */
const MARKDOWN_CHANNELS = new Set(['directline', 'webchat', 'emulator']);

/**
 * Text that a Markdown renderer shows literally: no link, image, emphasis, HTML or list comes out of it, and line ends
 * become spaces. Every ASCII punctuation mark may be written as a character reference, so nothing is lost.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(MARKUP, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** The escaping that a channel's cards need. */
export function cardEscape(channelId: string): (text: string) => string {
  return MARKDOWN_CHANNELS.has(channelId) ? escapeMarkdown : (text) => text;
}
