/** A product as a card shows it; all texts are plain, final and in the shopper's language. */
export interface Product {
  /** Empty where the channel sent a bare card: then there is nothing to ask about. */
  readonly id: string;
  readonly title: string;
  readonly image?: Picture;
  /** All its pictures, where there are several. */
  readonly pictures?: readonly Picture[];
  readonly price: string;
  readonly priceBefore?: string;
  readonly rating?: Rating;
  readonly stock?: { readonly state: 'out' | 'few'; readonly text: string };
  /** "Sponsored", where the place was paid for. */
  readonly sponsored?: string;
  readonly why: string;
  /** How much each modality of the query counted, where several did. */
  readonly counted?: Counted;
  readonly link?: { readonly label: string; readonly url: string };
  readonly actions: readonly ProductAction[];
  /** The heart: what giving and taking back a like is called. */
  readonly like?: { readonly label: string; readonly undo: string };
}

export interface Counted {
  readonly title: string;
  /** `share` is 0–1, `text` the same as a shopper reads it. */
  readonly parts: readonly { readonly label: string; readonly share: number; readonly text: string }[];
}

export interface Picture {
  readonly url: string;
  readonly alt: string;
}

export interface Rating {
  readonly value: number;
  readonly count?: number;
  readonly text: string;
}

const ACTIONS = [
  'basketAdd',
  'basketRemove',
  'similar',
  'details',
  'goesWith',
  'alertStock',
  'alertKeep',
  'alertStop',
] as const;

export interface ProductAction {
  readonly name: (typeof ACTIONS)[number];
  readonly label: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The `product` of a hero card's content; undefined where there is none that makes sense. */
export function productOf(content: unknown): Product | undefined {
  const product = record(record(content)?.product);
  if (product === undefined) return undefined;
  const id = textOf(product.id);
  const title = textOf(product.title);
  if (id === '' || title === '') return undefined;
  const image = pictureOf(product.image);
  const pictures = listOf(product.pictures).flatMap((entry) => pictureOf(entry) ?? []);
  const priceBefore = textOf(product.priceBefore);
  const rating = ratingOf(product.rating);
  const stock = stockOf(product.stock);
  const link = linkOf(product.link);
  const sponsored = textOf(product.sponsored);
  const like = likeOf(product.like);
  const counted = countedOf(product.counted);
  return {
    id,
    title,
    ...(image && { image }),
    ...(pictures.length > 1 && { pictures }),
    price: textOf(product.price),
    ...(priceBefore !== '' && { priceBefore }),
    ...(rating && { rating }),
    ...(stock && { stock }),
    ...(sponsored !== '' && { sponsored }),
    why: textOf(product.why),
    ...(counted && { counted }),
    ...(link && { link }),
    actions: listOf(product.actions).flatMap(actionOf),
    ...(like && { like }),
  };
}

/**
 * What a bare hero card says, in the places where a product would say it. Such cards are written for clients that read
 * Markdown, so the server escapes what could be taken for it.
 */
export function heroOf(content: unknown): Product | undefined {
  const card = record(content);
  if (card === undefined) return undefined;
  const title = unescaped(card.title);
  const picture = record(listOf(card.images)[0]);
  const url = webAddress(picture?.url);
  const button = record(listOf(card.buttons).find((entry) => record(entry)?.type === 'openUrl'));
  const link = linkOf({ label: button?.title, url: button?.value });
  if (title === '' && url === undefined) return undefined;
  return {
    id: '',
    title,
    ...(url && { image: { url, alt: textOf(picture?.alt) } }),
    price: unescaped(card.subtitle),
    why: unescaped(card.text),
    ...(link && { link }),
    actions: [],
  };
}

/** An http or https address as it was written; undefined for `javascript:`, `data:` and everything else. */
export function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const { protocol } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? value : undefined;
}

function pictureOf(value: unknown): Picture | undefined {
  const image = record(value);
  const path = textOf(image?.path);
  // `/pictures/../…` would be another address of this server.
  if (!path.startsWith('/pictures/') || path.split('/').includes('..')) return undefined;
  return { url: path, alt: textOf(image?.alt) };
}

function ratingOf(value: unknown): Rating | undefined {
  const rating = record(value);
  const stars = rating?.value;
  const count = rating?.count;
  if (typeof stars !== 'number' || !(stars >= 0 && stars <= 5)) return undefined;
  return {
    value: stars,
    ...(typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 && { count }),
    text: textOf(rating?.text),
  };
}

function stockOf(value: unknown): Product['stock'] {
  const stock = record(value);
  const state = stock?.state;
  const text = textOf(stock?.text);
  return (state === 'out' || state === 'few') && text !== '' ? { state, text } : undefined;
}

function countedOf(value: unknown): Counted | undefined {
  const counted = record(value);
  const title = textOf(counted?.title);
  const parts = listOf(counted?.parts).flatMap((entry) => {
    const part = record(entry);
    const [label, text, share] = [textOf(part?.label), textOf(part?.text), part?.share];
    const isShare = typeof share === 'number' && share >= 0 && share <= 1;
    return label !== '' && text !== '' && isShare ? [{ label, share, text }] : [];
  });
  return title !== '' && parts.length > 1 ? { title, parts } : undefined;
}

function linkOf(value: unknown): Product['link'] {
  const link = record(value);
  const url = webAddress(link?.url);
  const label = textOf(link?.label);
  return url !== undefined && label !== '' ? { label, url } : undefined;
}

function actionOf(value: unknown): ProductAction[] {
  const action = record(value);
  const name = action?.name;
  const label = textOf(action?.label);
  const known = ACTIONS.find((each) => each === name);
  return known !== undefined && label !== '' ? [{ name: known, label }] : [];
}

function likeOf(value: unknown): Product['like'] {
  const like = record(value);
  const [label, undo] = [textOf(like?.label), textOf(like?.undo)];
  return label !== '' && undo !== '' ? { label, undo } : undefined;
}

function record(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The characters that `&#46;` and the like stand for; what comes out is plain text, shown as such. */
function unescaped(value: unknown): string {
  return textOf(value).replace(/&#(\d{1,6});/g, (reference, code: string) => {
    const point = Number(code);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : reference;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
