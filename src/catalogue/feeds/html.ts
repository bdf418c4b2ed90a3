import { isSpaced } from './clean';
import { decodeEntities } from './entities';

const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** What stands between these tags is not for reading. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'head', 'title', 'object']);
const NAME = /[a-zA-Z][a-zA-Z0-9]{0,15}/y;

/**
 * The text of an HTML fragment: tags, comments and scripts gone, blocks on lines of their own, entities decoded. Text
 * that only looks a little like HTML ("a < b") stays. Linear in its length, also for unclosed tags and quotes.
 */
export function plainText(html: string): string {
  if (!html.includes('<')) return tidy(decodeEntities(html));
  const tags = new TagScanner(html);
  let text = '';
  let blocks = false;
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    text += html.slice(at, open);
    const tag = tags.read(open);
    if (!tag) {
      text += '<';
      at = open + 1;
      continue;
    }
    at = tag.end;
    if (!BLOCKS.has(tag.name)) continue;
    blocks = true;
    text += '\u001e';
  }
  text += html.slice(at);
  if (blocks) text = text.replace(/\s+/g, ' ').replaceAll('\u001e', '\n');
  return tidy(decodeEntities(text));
}

function tidy(text: string): string {
  if (!isSpaced(text)) return text.trim();
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Reads tags one after another; what was looked for in vain is not looked for again, which keeps it linear. */
class TagScanner {
  private quotes = true;
  private readonly missing = new Set<string>();

  constructor(private readonly html: string) {}

  /** The tag or comment that opens at `open`, with where it ends; undefined when `<` is just a character. */
  read(open: number): { name: string; end: number } | undefined {
    const second = this.html[open + 1];
    if (this.html.startsWith('<!--', open)) return this.ending('', this.after('-->', open + 4));
    if (second === '!' || second === '?') return this.ending('', this.after('>', open));
    const closing = second === '/';
    NAME.lastIndex = open + (closing ? 2 : 1);
    const name = NAME.exec(this.html)?.[0].toLowerCase();
    if (name === undefined) return undefined;
    const end = this.endOf(NAME.lastIndex);
    if (closing || end === undefined || !SILENT.has(name) || this.html[end - 2] === '/') return this.ending(name, end);
    const close = new RegExp(`</${name}`, 'gi');
    close.lastIndex = end;
    const found = close.exec(this.html);
    return { name, end: (found && this.after('>', found.index)) ?? this.html.length };
  }

  private ending(name: string, end: number | undefined): { name: string; end: number } | undefined {
    return end === undefined ? undefined : { name, end };
  }

  /** A `>` inside a quoted attribute does not end its tag, unless a quote somewhere stays open. */
  private endOf(from: number): number | undefined {
    let at = from;
    while (this.quotes && at < this.html.length) {
      const character = this.html[at];
      if (character === '>') return at + 1;
      if (character === '"' || character === "'") {
        at = this.html.indexOf(character, at + 1);
        if (at < 0) break;
      }
      at += 1;
    }
    this.quotes = false;
    return this.after('>', from);
  }

  private after(mark: string, from: number): number | undefined {
    if (this.missing.has(mark)) return undefined;
    const found = this.html.indexOf(mark, from);
    if (found >= 0) return found + mark.length;
    this.missing.add(mark);
    return undefined;
  }
}
