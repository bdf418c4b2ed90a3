import {
  type CatalogueFacts,
  type Constraint,
  groupOf,
  type ProductStore,
  type RankedProduct,
  type RankedProducts,
  type Retriever,
  type SearchRequest,
  type Shelf,
  type ShelfItem,
  type TextAnalyzer,
} from '../domain';
import { type Candidate, keywordLeg, mergeLegs, scanLeg, vectorLeg } from './candidates';
import { RELAXABLE, type Relaxable, whereClause } from './filters';
import { IndexHandle, type OpenIndex } from './handle';
import { keywordQuery, type QueryWord, queryWords } from './keywords';
import type { IndexMakers } from './manifest';
import { MET } from './match';
import { compareFused, comparePictures, fusedLeg, photoLeg, photoMeetsTexts } from './photo-leg';
import { fusedWeight, onePerGroup, type RankContext, rank } from './rank';
import { DEFAULT_WEIGHTS, type RankWeights } from './rank-weights';
import type { Scored } from './scored';
import { bestRated, itemsMatching, itemsNear, vectorsOf } from './shelf';
import { whyOf } from './why';

/** Candidates a leg brings; twice what anybody pages through. */
const KEYWORD_CANDIDATES = 200;
const VECTOR_CANDIDATES = 100;
/** Sort wishes look at every match of the kind, up to this many. */
const SCAN_CANDIDATES = 5_000;

export interface RetrieverOptions {
  /** Folder of the index. */
  readonly folder: string;
  readonly makers: IndexMakers;
  readonly store: ProductStore;
  readonly analyzer: TextAnalyzer;
  readonly groupOfKind: ReadonlyMap<string, string>;
  readonly weights?: RankWeights;
}

interface Pass {
  readonly ranked: readonly Scored[];
  readonly words: readonly QueryWord[];
  /** The fused query counted. */
  readonly fused: boolean;
  readonly timings: Record<string, number>;
}

/** Searches the LanceDB index by keywords, vector and filters, and merges what they find. */
export class LanceRetriever implements Retriever, Shelf {
  private readonly handle: IndexHandle;

  constructor(private readonly options: RetrieverOptions) {
    this.handle = new IndexHandle(options.folder, options.makers);
  }

  facts(): Promise<CatalogueFacts> {
    return this.handle.use(async ({ manifest, words }) => ({
      currency: manifest.currency,
      brands: brandsOf(words),
      products: manifest.products,
      isKnownWord: (folded) => words.words.has(folded),
      words: commonWordsOf(words),
    }));
  }

  search(request: SearchRequest): Promise<RankedProducts> {
    return this.handle.use((index) => this.searchIn(index, request));
  }

  vectors(ids: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    return this.handle.use(({ table }) => vectorsOf(table, ids));
  }

  near(vector: Float32Array, limit: number): Promise<readonly ShelfItem[]> {
    return this.handle.use(({ table }) => itemsNear(table, vector, limit));
  }

  rated(limit: number): Promise<readonly ShelfItem[]> {
    return this.handle.use(({ table }) => bestRated(table, limit));
  }

  matching(wanted: Parameters<Shelf['matching']>[0], limit: number): Promise<readonly ShelfItem[]> {
    return this.handle.use(({ table }) => itemsMatching(table, wanted, limit));
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async searchIn(index: OpenIndex, request: SearchRequest): Promise<RankedProducts> {
    const started = performance.now();
    const relaxed = new Set<Relaxable>();
    let pass = await this.pass(index, request, relaxed);
    for (const constraint of RELAXABLE) {
      if (!canRelax(constraint, request) || isAnswered(pass, request)) continue;
      request.signal?.throwIfAborted();
      relaxed.add(constraint);
      pass = await this.pass(index, request, relaxed);
    }
    const offset = request.offset ?? 0;
    const left = request.except === undefined ? undefined : groupOf(request.except);
    const groups = onePerGroup(pass.ranked).filter(({ candidate }) => candidate.group !== left);
    const page = groups.slice(offset, offset + request.limit);
    const readStarted = performance.now();
    const results = this.results(page, request, pass.words);
    const { timings } = pass;
    timings.read = performance.now() - readStarted;
    timings.search = performance.now() - started;
    return {
      ...(pass.fused && request.fused && { counted: request.fused.shares }),
      query: request.query,
      results,
      relaxed: relaxedConstraints(groups[0], relaxed),
      more: groups.length > offset + request.limit,
      timings,
    };
  }

  /** One search under the constraints that still hold. */
  private async pass(index: OpenIndex, request: SearchRequest, relaxed: ReadonlySet<Relaxable>): Promise<Pass> {
    const { query, signal } = request;
    const timings: Record<string, number> = {};
    const where = whereClause(query, request.filters, relaxed);
    const words = queryWords(query, this.options.analyzer, index.words);
    const keywords = keywordQuery(query, words);
    // "Under 30 €" is like no product more than another: there is nothing to compare.
    const vector = keywords || /\p{Extended_Pictographic}/u.test(query.text) ? request.vector : undefined;
    const timed = async (name: string, leg: Promise<Candidate[]>) => {
      const started = performance.now();
      const found = await leg;
      timings[name] = performance.now() - started;
      return found;
    };
    const legs: Promise<Candidate[]>[] = [];
    const { photo } = request;
    const history = request.history?.length === index.table.dimensions ? request.history : undefined;
    const compared = { where, vector, photo: photoMeetsTexts(index) ? photo : undefined, history };
    if (keywords)
      legs.push(timed('keywords', keywordLeg(index.table, keywords, { ...compared, limit: KEYWORD_CANDIDATES })));
    if (vector) legs.push(timed('vector', vectorLeg(index.table, vector, { ...compared, limit: VECTOR_CANDIDATES })));
    if (photo) legs.push(timed('photo', photoLeg(index, photo, compared)));
    // "Under 30 €" alone is near to nothing.
    const weights = this.options.weights ?? DEFAULT_WEIGHTS;
    const counts = (photo || vector) && fusedWeight({ weights, hasPhoto: photo !== undefined, query }) > 0;
    const fused = index.fused && counts ? request.fused?.vector : undefined;
    if (fused) legs.push(timed('fused', fusedLeg(index, fused, compared)));
    const wantsScan =
      legs.length === 0 ? where !== undefined || query.sort !== 'relevance' : query.sort !== 'relevance';
    if (wantsScan)
      legs.push(
        timed('scan', scanLeg(index.table, { ...compared, where: scanWhere(where, request), limit: SCAN_CANDIDATES })),
      );
    const candidates = mergeLegs(await Promise.all(legs));
    if (photo) await comparePictures(index, photo, candidates);
    if (fused) await compareFused(index, fused, candidates);
    signal?.throwIfAborted();
    const started = performance.now();
    const context: RankContext = {
      query,
      words,
      catalogue: index.words,
      products: index.manifest.products,
      groupOfKind: this.options.groupOfKind,
      weights,
      hasVector: vector !== undefined,
      hasPhoto: photo !== undefined,
      hasFused: fused !== undefined,
      certainty: request.certainty ?? 1,
      ...(request.favourites && { favourites: request.favourites }),
    };
    const ranked = rank(candidates, context);
    timings.rank = performance.now() - started;
    return { ranked, words, fused: fused !== undefined, timings };
  }

  private results(page: readonly Scored[], request: SearchRequest, words: readonly QueryWord[]): RankedProduct[] {
    return page.flatMap((scored) => {
      // The index may lag behind storage for a moment: what is gone there is no result.
      const product = this.options.store.get(scored.candidate.id);
      if (!product) return [];
      const why = whyOf(scored, product, request.query, words, this.options.analyzer);
      return [{ product, score: scored.score, why }];
    });
  }
}

/** Words of the catalogue that are told: more would be rare ones, numbers and misspellings. */
const MOST_WORDS = 20_000;

/** Likewise. */
const wordLists = new WeakMap<object, readonly string[]>();
function commonWordsOf(words: OpenIndex['words']): readonly string[] {
  let list = wordLists.get(words);
  if (!list) {
    const byUse = [...words.words].sort((a, b) => b[1] - a[1]);
    list = byUse.slice(0, MOST_WORDS).map(([word]) => word);
    wordLists.set(words, list);
  }
  return list;
}

/** The same array for the same index, so that tables built from it are kept. */
const brandLists = new WeakMap<object, readonly string[]>();
function brandsOf(words: OpenIndex['words']): readonly string[] {
  let brands = brandLists.get(words);
  if (!brands) {
    brands = [...words.brands];
    brandLists.set(words, brands);
  }
  return brands;
}

function scanWhere(where: string | undefined, { query }: SearchRequest): string | undefined {
  const [kind] = query.wanted.kinds;
  if (kind === undefined || !/^[\w-]+$/.test(kind)) return where;
  return [where, `array_has_any(kinds, ['${kind}'])`].filter(Boolean).join(' AND ');
}

function canRelax(constraint: Relaxable, { query }: SearchRequest): boolean {
  if (constraint === 'price') return query.price !== undefined;
  return constraint === 'inStock' ? query.inStockOnly : query.onSaleOnly;
}

/** There is a result of the wanted kind or, where no kind was named, any result. */
function isAnswered({ ranked }: Pass, { query }: SearchRequest): boolean {
  if (query.wanted.kinds.length === 0) return ranked.length > 0;
  return ranked.some((scored) => (scored.matches.kind ?? 0) >= MET);
}

/** What was dropped, and what even the best result lacks. */
function relaxedConstraints(best: Scored | undefined, relaxed: ReadonlySet<Relaxable>): Constraint[] {
  const lacking = Object.entries(best?.matches ?? {}) as [Constraint, number][];
  const missing = lacking.filter(([, match]) => match < MET).map(([constraint]) => constraint);
  return [...new Set<Constraint>([...relaxed, ...missing])];
}
