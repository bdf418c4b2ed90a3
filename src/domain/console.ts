import type { Ticket, TranscriptProduct } from './handoff';
import type { Language } from './language';

/** A product that an agent may show to a shopper. */
export interface FoundProduct extends TranscriptProduct {
  /** "Sold out", "Only 3 left"; missing when there is nothing to say. */
  readonly stock?: string;
}

/** Finds products for agents, by words, by a photo or by both; best first. */
export interface ProductFinder {
  /** `photo` is a file's bytes. Throws PICTURE_*, and NOT_READY where photos can't be searched with. */
  find(query: {
    readonly text: string;
    readonly photo?: Buffer;
    readonly language: Language;
  }): Promise<readonly FoundProduct[]>;
}

/** Translates what was said in a conversation; one text at a time, further ones wait. */
export interface MessageTranslator {
  /** Lines stay lines. Rejects with TRANSLATION_FAILED, MODEL_MISSING or MODEL_CORRUPT. */
  translate(
    text: string,
    options: { readonly from: Language; readonly to: Language; readonly signal?: AbortSignal },
  ): Promise<string>;
}

/** What supervisors are told of tickets, counted where they are kept. */
export interface TicketStatistics {
  /** Seconds that tickets waited that were taken since a moment (milliseconds since 1970), shortest first. */
  waits(since: number): readonly number[];
  /** How often each satisfaction, 1 to 5, was given to tickets closed since a moment. */
  satisfaction(since: number): ReadonlyMap<number, number>;
  /** The same of conversations that no person took part in, asked since a moment. */
  satisfactionWithBot(since: number): ReadonlyMap<number, number>;
  /** Tickets that were opened and closed on each day (UTC, `2026-11-01`) since a moment; days without any are left out. */
  days(since: number): readonly { readonly day: string; readonly opened: number; readonly closed: number }[];
  /** Tickets opened from one moment up to another, in order of arrival, a page at a time: after the last one of the page before. */
  opened(range: {
    readonly from: number;
    readonly to: number;
    readonly after?: Ticket | undefined;
    readonly limit: number;
  }): readonly Ticket[];
}
