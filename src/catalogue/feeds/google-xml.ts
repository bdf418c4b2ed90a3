import { SaxesParser, type SaxesTagNS } from 'saxes';
import { VitrineError } from '../../domain';
import type { ProductBuilder } from './builder';
import { cleanLine, cutText } from './clean';
import { GoogleRecord, type Target, targetOf } from './google-fields';
import { MOST_DEPTH, MOST_RECORD } from './limits';
import type { FeedParser, FeedRow } from './types';

const GOOGLE = 'http://base.google.com/ns/1.0';
const ATOM = 'http://www.w3.org/2005/Atom';

interface Found {
  readonly target: Target;
  readonly google: boolean;
  text: string;
}

/** Google Merchant Center's RSS 2.0 and Atom. Declared entities are refused, never expanded. */
export class GoogleXmlParser implements FeedParser {
  private readonly sax = new SaxesParser({ xmlns: true, additionalNamespaces: { g: GOOGLE } });
  private rows: FeedRow[] = [];
  private started = false;
  private count = 0;
  private depth = 0;
  private fed = 0;
  /** Where the last event was and where the item began, in characters: what lies between is what memory holds. */
  private eventAt = 0;
  private item: { readonly depth: number; readonly begin: number; readonly found: Found[] } | undefined;
  private current: Found | undefined;

  constructor(private readonly builder: ProductBuilder) {
    this.sax.on('error', (error) => this.fail(error.message.replace(/^\d+:\d+: /, '')));
    this.sax.on('doctype', (doctype) => this.doctype(doctype));
    this.sax.on('opentag', (tag) => this.open(tag));
    this.sax.on('closetag', () => this.close());
    this.sax.on('text', (text) => this.text(text));
    this.sax.on('cdata', (text) => this.text(text));
    this.sax.on('comment', () => this.event());
    this.sax.on('processinginstruction', () => this.event());
  }

  push(text: string): Iterable<FeedRow> {
    const piece = this.started ? text : text.trimStart();
    this.started ||= piece !== '';
    return this.parse(() => {
      this.sax.write(piece);
      this.fed += piece.length;
      if (this.fed - this.eventAt > MOST_RECORD) this.fail('text or a tag of more than 1 MB');
    });
  }

  end(): Iterable<FeedRow> {
    return this.parse(() => this.sax.close());
  }

  /** Gives the items that were complete before it passes a fault on. */
  private *parse(step: () => void): Generator<FeedRow> {
    let fault: unknown;
    try {
      step();
    } catch (error) {
      fault = error;
    }
    const rows = this.rows;
    this.rows = [];
    yield* rows;
    if (fault !== undefined) throw fault;
  }

  private fail(problem: string): never {
    throw new VitrineError('FEED_BROKEN', `line ${this.sax.line}: ${cutText(cleanLine(problem), 200)}`);
  }

  private event(): void {
    this.eventAt = this.sax.position;
    if (this.item && this.eventAt - this.item.begin > MOST_RECORD) this.fail('an item of more than 1 MB');
  }

  private doctype(text: string): void {
    this.event();
    if (text.includes('[') || /<!ENTITY/i.test(text)) this.fail('a DOCTYPE with declarations is not accepted');
  }

  private open(tag: SaxesTagNS): void {
    this.event();
    this.depth += 1;
    if (this.depth > MOST_DEPTH) this.fail(`more than ${MOST_DEPTH} elements inside one another`);
    if (!this.item) {
      const name = tag.local.toLowerCase();
      if (name !== 'item' && name !== 'entry') return;
      this.item = { depth: this.depth, begin: this.sax.position, found: [] };
    } else if (this.depth === this.item.depth + 1) {
      this.current = this.begin(tag);
    }
  }

  private begin(tag: SaxesTagNS): Found | undefined {
    const google = tag.uri === GOOGLE;
    if (!google && tag.prefix !== '') return undefined;
    const atom = tag.uri === ATOM;
    const plain = atom && (tag.local === 'summary' || tag.local === 'content') ? 'description' : tag.local;
    const named = targetOf(plain);
    if (!named) return undefined;
    const language = tag.attributes['xml:lang']?.value;
    const target: Target =
      language && named.kind === 'field' && (named.name === 'title' || named.name === 'description')
        ? { kind: 'text', part: named.name, language }
        : named;
    const found = { target, google, text: '' };
    const relation = tag.attributes.rel?.value ?? 'alternate';
    if (plain === 'link' && relation === 'alternate') found.text = tag.attributes.href?.value ?? '';
    this.item?.found.push(found);
    return found;
  }

  private text(text: string): void {
    this.event();
    if (this.current) this.current.text += text;
  }

  private close(): void {
    this.event();
    if (this.item?.depth === this.depth) this.finish(this.item.found);
    else if (this.item && this.depth === this.item.depth + 1) this.current = undefined;
    this.depth -= 1;
  }

  /** Google's own elements come before those of RSS and Atom with the same name. */
  private finish(found: readonly Found[]): void {
    const raw = new GoogleRecord();
    for (const google of [true, false]) {
      for (const element of found) if (element.google === google) raw.add(element.target, element.text.trim());
    }
    fillFromTexts(raw);
    this.count += 1;
    this.rows.push(this.builder.build(this.count, raw));
    this.item = undefined;
    this.current = undefined;
  }
}

/** Where every title has a language, the first one is the product's own. */
function fillFromTexts(raw: GoogleRecord): void {
  if (raw.fields.title) return;
  const title = raw.texts.find((text) => text.part === 'title');
  if (!title) return;
  const { language } = title;
  const description = raw.texts.find((text) => text.part === 'description' && text.language === language);
  raw.fields.title = title.text;
  raw.fields.language ??= language;
  if (description) raw.fields.description ??= description.text;
  raw.texts = raw.texts.filter((text) => text.language !== language);
}
