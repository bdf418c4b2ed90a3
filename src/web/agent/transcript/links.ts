import { webAddress } from '../../chat/product';

export interface TextPart {
  readonly text: string;
  /** An http or https address. */
  readonly url?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"'`]{1,2000}/g;
/** What ends a sentence rather than an address. */
const TRAILING = /[).,;:!?\]}»”’。，、！？）]+$/u;

/** A text with the web addresses in it; nothing else becomes a link. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const found = match[0].replace(TRAILING, '');
    const url = webAddress(found);
    if (url === undefined) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: found, url });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
