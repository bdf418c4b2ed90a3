import type { Fused } from './fusion';
import type { Language } from './language';
import type { Product } from './product';
import type { ShopperId } from './profile';
import type { Attributes, PriceRange, StructuredQuery } from './query';
import type { RankedProducts } from './ranking';

/** What a text is: what a shopper looks for, or what a product says of itself. Some models tell them apart. */
export type TextRole = 'query' | 'document';

/** Turns texts into vectors of one space. */
export interface TextEncoder {
  readonly id: string;
  /** Vectors are compared within one space only. */
  readonly space: string;
  readonly dimensions: number;
  /** Most texts a call takes. */
  readonly maxBatch: number;
  /** May calls run side by side? */
  readonly parallel: boolean;
  /** One normalised vector of `dimensions` numbers a text, in order. `role` is `query` where it isn't given. */
  encode(
    texts: readonly string[],
    options: { role?: TextRole; language?: string; signal?: AbortSignal },
  ): Promise<Float32Array[]>;
}

/** Vectors computed before, so that nothing is encoded twice; losing it loses time only. */
export interface VectorCache {
  /** By encoder id and the digest of what was encoded; undefined where there is none. */
  getMany(encoder: string, inputs: readonly Buffer[]): (Float32Array | undefined)[];
  putMany(encoder: string, entries: readonly (readonly [Buffer, Float32Array])[]): void;
  /** Removes the vectors of all other encoders. */
  keepOnly(encoders: readonly string[]): void;
}

/** A word of a text: `surface` as written, `tokens` its forms for the keyword index (folded form, stem, parts). */
export interface AnalysedWord {
  readonly surface: string;
  readonly tokens: readonly string[];
}

/** Cuts texts into words and words into index tokens. */
export interface TextAnalyzer {
  /** Names the rules; an index made by other rules is refused. */
  readonly id: string;
  analyse(text: string, language: Language): readonly AnalysedWord[];
  /** The language a text is most likely written in; `hint` decides where the text doesn't say. */
  detectLanguage(text: string, hint?: Language): Language;
}

/** Reads lexicon attributes out of a product's fields and texts. */
export interface AttributeTagger {
  readonly id: string;
  tag(product: Product): Attributes;
}

export interface ParseOptions {
  /** The conversation's language; decides where the words alone don't. */
  readonly language?: Language;
  /** The shop's currency. */
  readonly currency: string;
  /** Brands of the catalogue, as written there. */
  readonly brands: readonly string[];
  /** Folded words that the catalogue uses: they are not taken for misspellings. */
  readonly isKnownWord?: (folded: string) => boolean;
}

/** Turns an utterance into a structured query. */
export interface QueryParser {
  parse(text: string, options: ParseOptions): StructuredQuery;
}

/** Conditions that results must meet, as `--filter k=v` gives them. */
export interface HardFilters {
  readonly color?: string;
  readonly material?: string;
  readonly pattern?: string;
  readonly kind?: string;
  readonly size?: string;
  readonly brand?: string;
  readonly gender?: string;
  readonly availability?: string;
  readonly price?: PriceRange;
}

export interface SearchRequest {
  readonly query: StructuredQuery;
  readonly filters?: HardFilters;
  /** The words' vector in the text encoder's space, where there are words and an encoder. */
  readonly vector?: Float32Array;
  /** The photo's vector in the image encoder's space, where a photo was sent. */
  readonly photo?: Float32Array;
  /** All that the query is made of as one vector, in the space of the fusion that the index was made with. */
  readonly fused?: Fused;
  /** How sure it is that the words were said, 0–1; 1, where it is missing: they were typed. Unsure words count less. */
  readonly certainty?: number;
  /**
   * The shopper's taste in the text encoder's space, normalised: the mean of what they viewed, liked and bought. It orders
   * what meets the query equally well, and never lifts what lacks something over what has it.
   */
  readonly history?: Float32Array;
  /** Brands that the shopper seems to like; see `Taste`. They order as `history` does, but not beside a photo. */
  readonly favourites?: ReadonlyMap<string, number>;
  readonly limit: number;
  readonly offset?: number;
  /** A product that is no result, with all variants of its item. */
  readonly except?: Product;
  readonly signal?: AbortSignal;
}

export interface CatalogueFacts {
  readonly currency: string;
  readonly brands: readonly string[];
  readonly products: number;
  readonly isKnownWord: (folded: string) => boolean;
  /** Folded words of the catalogue, most used first; the same array for the same index. */
  readonly words: readonly string[];
}

/** Finds products. */
export interface Retriever {
  search(request: SearchRequest): Promise<RankedProducts>;
  /** What the parser needs to know of the catalogue. */
  facts(): Promise<CatalogueFacts>;
}

/** How an upsert changed the store. */
export interface UpsertCounts {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** A feed's progress, saved in the same transaction as the products that it covers. */
export interface ImportCheckpoint {
  /** Identifies the feed: a path or address without credentials. */
  readonly feed: string;
  /** Identifies the feed's content; another fingerprint starts from the first row. */
  readonly fingerprint: string;
  /** Rows that are done. */
  readonly rows: number;
  readonly counts: UpsertCounts & { readonly skipped: number };
  readonly finished: boolean;
}

/** Products, durable. Every write is one transaction. */
export interface ProductStore {
  /**
   * Inserts and updates by id, and saves the checkpoint with it. `pictureBase` is the folder or address against which
   * relative picture links are resolved later.
   */
  upsert(products: readonly Product[], options?: { checkpoint?: ImportCheckpoint; pictureBase?: string }): UpsertCounts;
  checkpoint(feed: string): ImportCheckpoint | undefined;
  get(id: string): Product | undefined;
  /** In the order of `ids`; unknown ids are left out. */
  getMany(ids: readonly string[]): Product[];
  /** The variants of an item by their group, in the order of their ids. */
  variants(group: string): Product[];
  /** All products in the order of their ids, in batches. */
  batches(size: number): IterableIterator<readonly Product[]>;
  count(): number;
  /** Products that the index does not hold yet, oldest change first; pass the last revision seen to go on. */
  changedSince(revision: number, limit: number): readonly { readonly product: Product; readonly revision: number }[];
  /** How many products changed after a revision. */
  changedCount(revision: number): number;
  /** The revision of the newest change; 0 for an empty store. */
  revision(): number;
}

/** Keeps the index in step with the store. */
export interface ProductIndexer {
  /** True when the index was made with other rules or models than these: it is refused until it is built anew. */
  isOutdated(): boolean;
  /** Brings every change of the store into the index; rebuilds beside and swaps when that is faster or needed. */
  sync(options: {
    rebuild?: boolean;
    onProgress?: (done: number, total: number) => void;
    /** Pictures that are encoded, of how many that had no vector yet. */
    onPictures?: (done: number, total: number) => void;
    signal?: AbortSignal;
  }): Promise<{
    readonly indexed: number;
    readonly rebuilt: boolean;
    /** Where there is an image encoder: pictures that were encoded, and those that can't be read, which are left out. */
    readonly pictures?: { readonly encoded: number; readonly unreadable: number };
  }>;
}

/** State of one conversation, written only if nobody else wrote since it was read. */
export interface ConversationStore {
  /** `version` is 0 where there is none yet. */
  load(conversationId: string): { readonly state: unknown; readonly version: number };
  /**
   * False when the version is no longer the stored one; nothing is written then. The conversation counts among the
   * shopper's from then on.
   */
  save(conversationId: string, state: unknown, version: number, shopper?: ShopperId): boolean;
}

/** How much may come, who may stop it, and who is told of it. */
export interface FileDownloadOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Bytes that are there, of how many where the server says. */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
}

/** Fetches one address under the rules of `media/`. */
export interface Downloader {
  /** Resolves with the body when it is at most `maxBytes` long; throws a VitrineError DOWNLOAD_* otherwise. */
  fetch(
    url: string,
    options: { maxBytes: number; signal?: AbortSignal },
  ): Promise<{ bytes: Buffer; contentType: string }>;
  /** Writes the body to a file; the file is removed when the download fails. */
  fetchToFile(
    url: string,
    file: string,
    options: FileDownloadOptions,
  ): Promise<{ bytes: number; contentType: string; etag: string | undefined }>;
  /**
   * Brings `file` up to the whole body. What an earlier call left in it is kept and only the rest is asked for (Range,
   * with If-Range where the server gave a strong ETag, which lies in `<file>.etag` meanwhile); a server that sends the
   * whole body again starts the file anew. What has come stays when the download fails, so that the next call goes on.
   * There is no limit on the whole time, only on silence: a large file over a slow line is fine. The bytes themselves
   * are for the caller to check: parts of two versions may meet where a server gives no ETag.
   *
   * @returns the file's length and how much of it was there before, in bytes
   */
  resumeToFile(
    url: string,
    file: string,
    options: FileDownloadOptions,
  ): Promise<{ bytes: number; resumedFrom: number }>;
}

/** One stored Bot Framework activity of a local conversation. */
export interface LoggedActivity {
  /** Grows by one within a conversation, from 1. */
  readonly sequence: number;
  readonly activity: Readonly<Record<string, unknown>>;
}

/** What was said in local (Direct Line) conversations, in order, durable. */
export interface ActivityLog {
  /** Registers a conversation; does nothing when it exists. */
  open(conversationId: string, userId: string): void;
  /** The user a conversation belongs to, or undefined when there is no such conversation. */
  userOf(conversationId: string): string | undefined;
  /**
   * Stores an activity; does nothing when the conversation has one of the same `id` already. Throws CONVERSATION_UNKNOWN
   * where the conversation isn't there, or was erased.
   */
  append(conversationId: string, activity: Readonly<Record<string, unknown>>): void;
  /** Changes an activity of a sender in its place; returns its sequence number, undefined when there is none. */
  replace(
    conversationId: string,
    senderId: string,
    activityId: string,
    activity: Readonly<Record<string, unknown>>,
  ): number | undefined;
  /** Removes an activity of a sender; numbers of others stay. */
  remove(conversationId: string, senderId: string, activityId: string): void;
  /** The sequence number of the newest activity; 0 where there is none. */
  last(conversationId: string): number;
  after(conversationId: string, sequence: number, limit: number): readonly LoggedActivity[];
}
