import { type Beside, vectorFromText } from '../dialog';
import type {
  AttributeTagger,
  BidStore,
  EncodedQuery,
  Facet,
  FacetQuestion,
  ImageEncoder,
  Language,
  ModalityVectors,
  Money,
  Product,
  RankedProducts,
  Retriever,
  SearchRequest,
  SpeechRecogniser,
  StructuredQuery,
  Taste,
  TextEncoder,
  TurnObserver,
} from '../domain';
import { bestQuestion } from './best-question';
import { encodeOrGoOn } from './encode';
import { fuseVoice } from './fuse-voice';
import { fuseQuery, type QueryFusion, type QueryVectors } from './query-fusion';
import { similarQuery } from './similar';
import { SPONSORED_DEPTH, type SponsoredShown, sponsoredPage } from './sponsored';

/** Results that are looked through for what they differ in. */
const QUESTION_DEPTH = 48;
/** Cards in one answer. */
const PAGE = 6;
/**
 * Results that score lower are no answer to what was asked. F1 is best at 0.54 on the validation queries; this is lower,
 * because words outside the lexicons pull the score of good answers down.
 */
export const LOWEST_SHOWN = 0.35;
/** The same beside a photo, where retrieval has cut what is unlike it. */
const LOWEST_LIKE_PHOTO = 0.25;

/** Paid places, where the shop has them. */
export interface Sponsoring {
  readonly bids: Pick<BidStore, 'of'>;
  /** An amount in the shop's currency, in its minor units; undefined for a currency without a rate. */
  readonly worth: (amount: Money) => number | undefined;
}

export interface SearcherOptions {
  readonly retriever: Retriever;
  readonly tagger: AttributeTagger;
  readonly observer: TurnObserver;
  readonly encoder?: TextEncoder;
  /** Vectors of another space than the words' are not compared. */
  readonly recogniser?: Pick<SpeechRecogniser, 'id' | 'space'>;
  /** Where weights are trained. */
  readonly fusion?: QueryFusion;
  /** Photos' vectors of another space than the words' are not fused with them. */
  readonly imageEncoder?: Pick<ImageEncoder, 'id' | 'space'>;
  readonly sponsoring?: Sponsoring;
  /** The variants of a product's item, itself among them. */
  readonly variants: (product: Product) => readonly Product[];
}

/** Of whom and when a turn's searches are. */
export interface SearchContext {
  readonly signal: AbortSignal;
  /** The shopper's taste; undefined where nothing is remembered. Asked for only when something is searched. */
  readonly taste: () => Promise<Taste | undefined>;
  readonly sponsoredShown: readonly SponsoredShown[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Searches for a turn, page by page. */
export class Searcher {
  /** For the results of a first page that isn't all: what is found beyond it, without encoding anything again. */
  private readonly deeper = new WeakMap<RankedProducts['results'], () => Promise<RankedProducts>>();

  constructor(private readonly options: SearcherOptions) {}

  async search(
    query: StructuredQuery,
    offset: number,
    context: SearchContext,
    beside: Beside = {},
  ): Promise<RankedProducts> {
    const { sponsoring } = this.options;
    // A paid place would break an order that the shopper chose.
    if (!sponsoring || query.sort !== 'relevance') {
      return this.ranked(query, { offset, limit: PAGE }, context, beside);
    }
    const whole = await this.ranked(query, { offset: 0, limit: offset + SPONSORED_DEPTH }, context, beside);
    const { results, used } = sponsoredPage(
      whole.results,
      { offset, size: PAGE },
      {
        bids: sponsoring.bids.of(whole.results.map(({ product }) => product.id)),
        worth: sponsoring.worth,
        shown: context.sponsoredShown,
        now: context.now,
      },
    );
    const deeper = this.deeper.get(whole.results);
    if (deeper) this.deeper.set(results, deeper);
    return { ...whole, results, used, more: whole.results.length > offset + used || whole.more };
  }

  /** Products like one, without its variants. */
  async similar(product: Product, language: Language, offset: number, context: SearchContext): Promise<RankedProducts> {
    const query = similarQuery(product, this.options.tagger.tag(product), language);
    const ranked = await this.ranked(query, { offset, limit: PAGE }, context, {}, { except: product });
    // Something of another kind in the same colour is not like it.
    const results = ranked.results.filter(({ why }) => !why.missing.includes('kind'));
    return { ...ranked, results, more: ranked.more && results.length === ranked.results.length };
  }

  /**
   * The question whose answer parts best what was found; undefined where none does well enough.
   *
   * @param found a first page, as `search` gave it
   */
  async question(
    { results, query }: Pick<RankedProducts, 'results' | 'query'>,
    skip: ReadonlySet<Facet>,
  ): Promise<FacetQuestion | undefined> {
    const { tagger, variants } = this.options;
    const all = await this.deeper.get(results)?.();
    if (!all) return undefined;
    const looks = all.results.map((result) => ({
      result,
      variants: variants(result.product).map((product) => ({ product, attributes: tagger.tag(product) })),
    }));
    return bestQuestion(looks, query, skip);
  }

  /** One page, from which what is no answer is cut off; `limits` say what must hold, and what is no result. */
  async ranked(
    query: StructuredQuery,
    page: { readonly offset: number; readonly limit: number },
    context: Pick<SearchContext, 'signal' | 'taste'>,
    beside: Beside,
    limits: Pick<SearchRequest, 'except' | 'filters'> = {},
  ): Promise<RankedProducts> {
    const { ranked, liked, deeper } = await this.found(query, page, context, beside, limits);
    const lowest = beside.photo ? LOWEST_LIKE_PHOTO : LOWEST_SHOWN;
    const results = ranked.results.filter((result) => result.score >= lowest);
    if (ranked.more && page.offset === 0) this.deeper.set(results, deeper);
    const cut = results.length < ranked.results.length;
    // Scores fall from result to result, and what follows a low one is no answer either; a taste may lift one that is low.
    if (!cut || liked === undefined) return { ...ranked, results, more: ranked.more && !cut };
    return { ...ranked, results, used: ranked.results.length };
  }

  /** What retrieval finds, however low it scores. */
  private async found(
    query: StructuredQuery,
    page: { readonly offset: number; readonly limit: number },
    { signal, taste }: Pick<SearchContext, 'signal' | 'taste'>,
    { photo, voice }: Beside,
    limits: Pick<SearchRequest, 'except' | 'filters'> = {},
  ): Promise<{
    readonly ranked: RankedProducts;
    readonly liked: Taste | undefined;
    readonly deeper: () => Promise<RankedProducts>;
  }> {
    const { encoder, retriever, observer } = this.options;
    const hasWords = encoder !== undefined && query.text.trim() !== '';
    const [words, liked] = await Promise.all([
      hasWords ? encodeOrGoOn(encoder, query, signal, observer) : undefined,
      this.tasteOrGoOn(taste),
    ]);
    const history = liked?.vector;
    const favourites = liked?.brands;
    const vector = hasWords ? this.withVoice(words, voice) : undefined;
    const vectors = this.vectorsOf(words, history, { photo, voice });
    const fused = await fuseQuery(query, vectors, this.options, observer);
    const started = performance.now();
    const request = {
      query,
      ...page,
      signal,
      ...(vector && { vector }),
      ...(photo && { photo: vectorFromText(photo.vector) }),
      ...(voice && { certainty: voice.confidence }),
      ...(history && { history }),
      ...(favourites && { favourites }),
      ...limits,
      ...(fused && { fused }),
    };
    const found = await retriever.search(request);
    const ranked = { ...found, encoded: this.encodedOf(fused?.from ?? vectors) };
    observer.step('search', performance.now() - started);
    const deeper = () => retriever.search({ ...request, limit: QUESTION_DEPTH });
    return { ranked, liked, deeper };
  }

  /** What there is of a query that can be fused. */
  private vectorsOf(
    words: Float32Array | undefined,
    history: Float32Array | undefined,
    { photo, voice }: Beside,
  ): QueryVectors {
    const { encoder, recogniser, imageEncoder } = this.options;
    const comparable = voice?.vector !== undefined && recogniser?.space === encoder?.space ? voice.vector : undefined;
    return {
      ...(words && { words }),
      ...(photo && imageEncoder?.space === encoder?.space && { photo: vectorFromText(photo.vector) }),
      ...(comparable !== undefined && { voice: vectorFromText(comparable) }),
      ...(history && { history }),
    };
  }

  /** With the names of what made them: products' vectors, which a taste is of, and attributes' are the text encoder's. */
  private encodedOf(vectors: ModalityVectors): EncodedQuery {
    const { encoder, imageEncoder, recogniser } = this.options;
    const others: Partial<Record<string, { readonly id: string } | undefined>> = {
      photo: imageEncoder,
      voice: recogniser,
    };
    // Only vectors of one space are fused.
    const space = encoder?.space;
    return Object.fromEntries(
      Object.entries(vectors).flatMap(([modality, vector]) => {
        const made = modality in others ? others[modality] : encoder;
        return made && space !== undefined ? [[modality, { encoder: made.id, space, vector }]] : [];
      }),
    );
  }

  /** The taste is an extra: a search without it is better than none. */
  private async tasteOrGoOn(taste: SearchContext['taste']): Promise<Taste | undefined> {
    try {
      return await taste();
    } catch (error) {
      this.options.observer.fault(error);
      return undefined;
    }
  }

  /** The query's vector: where it was spoken, and the recogniser's vectors can be compared with the words', of both. */
  private withVoice(words: Float32Array | undefined, voice: Beside['voice']): Float32Array | undefined {
    const { encoder, recogniser } = this.options;
    if (voice?.vector === undefined || recogniser?.space === undefined || recogniser.space !== encoder?.space)
      return words;
    return fuseVoice(words, { vector: vectorFromText(voice.vector), confidence: voice.confidence });
  }
}
