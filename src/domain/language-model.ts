import type { Language } from './language';
import type { ParseOptions } from './ports';
import type { Attributes, StructuredQuery } from './query';

/** What a language model is used for. */
export type ModelUse = 'understand' | 'phrase';

/** What a language model is asked. `T` is what its answer is read as. */
export interface ModelRequest<T> {
  readonly use: ModelUse;
  /** What is to be done: the program's own words and nobody else's. */
  readonly instructions: string;
  /** What it is to be done with: words of shoppers and feeds. It is sent as JSON and marked as data. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The form of the answer, as a JSON Schema of an object. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Longest answer, in the model's tokens. */
  readonly mostTokens: number;
  /** What an answer means; undefined refuses it. No answer is used that this did not check. */
  readonly read: (answer: unknown) => T | undefined;
}

/** A language model of the merchant's choice. It may be slow, down, wrong, or talked into anything. */
export interface LanguageModel {
  readonly id: string;
  /**
   * What `read` makes of the answer; undefined where it refuses that, or where the model is not asked now because it failed
   * before. Throws LLM_FAILED, whose message holds neither the data nor the answer, within the time that the settings give,
   * and the signal's reason.
   */
  ask<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<T | undefined>;
}

/** How a call of a model ended; `skipped`: it was not asked, because it failed before. */
export const MODEL_RESULTS = [
  'ok',
  'refused',
  'skipped',
  'timeout',
  'unreachable',
  'busy',
  'status',
  'too_large',
  'invalid',
] as const;
export type ModelResult = (typeof MODEL_RESULTS)[number];

/** Told of calls of a model; never what was asked or answered. */
export interface ModelCall {
  readonly use: ModelUse;
  readonly result: ModelResult;
  readonly milliseconds: number;
}

/** What a model read in a shopper's words: parts of a query whose ids exist. `freeText` is left unexplained. */
export type QueryParts = Pick<
  StructuredQuery,
  'wanted' | 'unwanted' | 'price' | 'sort' | 'inStockOnly' | 'onSaleOnly' | 'freeText'
>;

/** Words of a shopper and what a model read in them. */
export interface Reading {
  readonly text: string;
  readonly parts: QueryParts;
  /** Of the words that no attribute explains those that the model did. */
  readonly explained: readonly string[];
}

/** Reads a shopper's words with a model. */
export interface QueryReader {
  /** Undefined where the model has no answer that holds. Throws what `LanguageModel.ask` throws. */
  read(
    said: { readonly text: string; readonly language: Language },
    facts: Pick<ParseOptions, 'currency' | 'brands'>,
    signal: AbortSignal,
  ): Promise<QueryParts | undefined>;
}

/** Ids that there are, by attribute. */
export type KnownIds = Readonly<
  Record<'kinds' | 'groups' | 'colors' | 'materials' | 'patterns' | 'sizes' | 'genders', readonly string[]>
>;

/** All that an answer may be phrased of; texts are final and in `language`. */
export interface AnswerFacts {
  readonly language: Language;
  /** The answer as the built-in path says it. */
  readonly text: string;
  /** What was understood, as it stands in the text: it stays in any phrasing. May be empty. */
  readonly understood: string;
  readonly products: readonly { readonly title: string; readonly price: string }[];
}

/** Phrases answers with a model. */
export interface AnswerPhraser {
  /** Undefined where the model has no phrasing that holds. Throws what `LanguageModel.ask` throws. */
  phrase(facts: AnswerFacts, signal: AbortSignal): Promise<string | undefined>;
}

/** Share of a query's meaningful words that no attribute explains, 0 to 1, by their letters. */
export function unexplained({ keywords, freeText }: Pick<StructuredQuery, 'keywords' | 'freeText'>): number {
  const letters = (text: string) => text.replace(/\s/g, '').length;
  return keywords.trim() === '' ? 0 : Math.min(1, letters(freeText) / letters(keywords));
}

/** Attributes that are lists of ids. */
const LISTS = ['colors', 'materials', 'patterns', 'sizes', 'brands', 'genders', 'conditions'] as const;
const UNWANTED = ['kinds', 'colors', 'materials', 'patterns', 'brands'] as const;

/**
 * A query with what a model read in its words, or some of them. The model says what is looked for (kind or department), and
 * of all else only what the query leaves open, so that what was said clearly holds.
 *
 * @param others what other words of the same query ask for: the reading excludes none of it
 */
export function withReading(
  query: StructuredQuery,
  { parts, explained }: Reading,
  others: Attributes,
): StructuredQuery {
  const wanted: Record<string, unknown> = { ...query.wanted };
  const unwanted: Record<string, unknown> = { ...query.unwanted };
  const { kinds, groups } = parts.wanted;
  const isNamed = kinds.length + groups.length > 0;
  if (isNamed) Object.assign(wanted, { kinds, groups });
  for (const name of LISTS) if (query.wanted[name].length === 0) wanted[name] = parts.wanted[name];
  if (query.wanted.genders.length === 0) wanted.kids = query.wanted.kids || parts.wanted.kids;
  for (const name of UNWANTED) {
    const added = parts.unwanted[name].filter((id) => !others[name].includes(id));
    unwanted[name] = [...new Set([...query.unwanted[name], ...added])];
    wanted[name] = (wanted[name] as readonly string[]).filter((id) => !added.includes(id));
  }
  const price = query.price ?? parts.price;
  const left = (words: string) =>
    words
      .split(/\s+/)
      .filter((word) => !explained.includes(word))
      .join(' ');
  const { guessedKind, ...rest } = query;
  return {
    ...rest,
    ...(guessedKind && !isNamed && { guessedKind }),
    wanted: wanted as unknown as Attributes,
    unwanted: unwanted as unknown as Attributes,
    ...(price && { price }),
    sort: query.sort === 'relevance' ? parts.sort : query.sort,
    inStockOnly: query.inStockOnly || parts.inStockOnly,
    onSaleOnly: query.onSaleOnly || parts.onSaleOnly,
    keywords: left(query.keywords),
    freeText: left(query.freeText),
  };
}
