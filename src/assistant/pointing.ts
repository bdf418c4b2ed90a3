import type { FlowResult, Question, Turn } from '../dialog';
import {
  type Attributes,
  type AttributeTagger,
  type BasketItem,
  type BasketStore,
  type Command,
  type FacetQuestion,
  groupOf,
  type Language,
  type PhraseIntent,
  type Product,
  type ProductStore,
  type ReferenceResolver,
  type Reply,
  type Retriever,
  type ShopperId,
  type StructuredQuery,
  type Vocabulary,
} from '../domain';

/** What holds of a search until it is said otherwise; sizes and whom it is for may be many a product's. */
const HELD = ['colors', 'materials', 'patterns', 'brands'] as const;

export interface PointingOptions {
  readonly products: Pick<ProductStore, 'get' | 'getMany' | 'variants'>;
  readonly baskets: BasketStore;
  readonly resolver: ReferenceResolver;
  readonly retriever: Pick<Retriever, 'facts'>;
  readonly tagger: AttributeTagger;
  readonly vocabulary: Vocabulary;
}

type Pointed = Pick<
  Turn,
  'basket' | 'shown' | 'focus' | 'variants' | 'resolve' | 'fitting' | 'pick' | 'attributes' | 'say' | 'isArticle'
>;

/** What turns know of products that were shown, their variants and the shopper's basket. */
export class Pointing {
  constructor(private readonly options: PointingOptions) {}

  of(shopper: ShopperId, state: Turn['state'], language: Language): Pointed {
    const { resolver, retriever, tagger, vocabulary, products } = this.options;
    const shown = () => products.getMany(state.shown ?? []);
    const focus = () => (state.lastProduct === undefined ? undefined : products.get(state.lastProduct));
    return {
      basket: { possible: shopper.userId !== '', items: () => this.items(shopper) },
      shown,
      focus,
      variants: variantsIn(products),
      attributes: (product) => tagger.tag(product),
      say: (facet, value, inLanguage) => vocabulary.said(facet, value, inLanguage),
      isArticle: (word, inLanguage) => vocabulary.isArticle(word, inLanguage),
      resolve: async (references, among = shown()) => {
        const options = { ...(await retriever.facts()), language };
        return resolver.resolve(references, { shown: among, focus: focus() }, options);
      },
      fitting: (query, among) => resolver.fitting(query, among),
      pick: (words, variants) => resolver.pick(words, variants, language),
    };
  }

  /**
   * Places, from 1, of the products shown last that have all attributes which a query wants and, where it doesn't say
   * otherwise, what was searched for before.
   *
   * @param searched what the last search wanted
   */
  fitting(query: StructuredQuery, { shown = [] }: Turn['state'], searched: Attributes): readonly number[] {
    const { products: store, resolver, tagger } = this.options;
    const products = store.getMany(shown);
    const { kinds, groups, ...held } = searched;
    const isNamed = query.wanted.kinds.length + query.wanted.groups.length > 0;
    const isSearched = (product: Product) => {
      const has = tagger.tag(product);
      if (isNamed || kinds.length + groups.length === 0) return true;
      return has.kinds.some((kind) => kinds.includes(kind)) || has.groups.some((group) => groups.includes(group));
    };
    const wanted = { ...query.wanted };
    for (const facet of HELD) if (wanted[facet].length === 0) Object.assign(wanted, { [facet]: held[facet] });
    const fits = new Set(resolver.fitting({ ...query, wanted }, products).filter(isSearched));
    return products.flatMap((product, place) => (fits.has(product) ? [place + 1] : []));
  }

  /** Writes what a turn changed; who wants to be forgotten has no basket either. To be called within the turn's transaction. */
  write(shopper: ShopperId, { basket, changes = [] }: FlowResult): void {
    const { baskets } = this.options;
    if (changes.some(({ kind }) => kind === 'erase')) baskets.empty(shopper);
    if (basket && shopper.userId !== '') baskets.set(shopper, basket);
  }

  /** How many pieces the basket holds after a turn, for the reply; said where there are any, or were. */
  countOf(shopper: ShopperId, { outcome, basket, changes = [] }: FlowResult): Pick<Reply, 'basket'> {
    const forgets = changes.some(({ kind }) => kind === 'erase');
    const told = outcome.kind === 'basket' || outcome.kind === 'pairing' ? outcome.items : undefined;
    const items = told ?? this.items(shopper);
    const count = forgets ? 0 : items.reduce((sum, { quantity }) => sum + quantity, 0);
    return count > 0 || basket || forgets || outcome.kind === 'basket' ? { basket: { count } } : {};
  }

  /** What the shopper's basket holds and is still sold. */
  items(shopper: ShopperId): BasketItem[] {
    if (shopper.userId === '') return [];
    return this.options.baskets.lines(shopper).flatMap(({ productId, quantity }) => {
      const product = this.options.products.get(productId);
      return product ? [{ product, quantity }] : [];
    });
  }
}

/** The variants of a product's item, itself among them. */
export function variantsIn(products: Pick<ProductStore, 'variants'>): (product: Product) => readonly Product[] {
  return (product) => {
    const variants = product.itemGroupId === undefined ? [] : products.variants(groupOf(product));
    return variants.length > 0 ? variants : [product];
  };
}

/**
 * A product that is named when it was asked which one a command means completes that command. What only points is no command
 * when a size or a colour was asked for ("la L"), nor is an answer that was offered ("baskets").
 */
export function commandOf(
  said: Command,
  { text, asked, hint }: { readonly text: string; readonly asked: Question | undefined; readonly hint: Language },
  vocabulary: Pick<Vocabulary, 'said'>,
): Command | undefined {
  if (asked?.about === 'facet' && isOffered(text, asked, hint, vocabulary)) return undefined;
  if (asked?.about === 'variant' && said.action === 'select') return undefined;
  if (asked?.about !== 'which' || said.action !== 'select' || said.references.length === 0) return said;
  return { ...asked.command, references: said.references, language: said.language };
}

/** "No", "never mind": of what was asked beside results, any will do. */
export function waivedBy(
  intent: PhraseIntent | undefined,
  asked: Question | undefined,
  language: Language,
): Command | undefined {
  const isWaived = asked?.about === 'facet' && (intent === 'yes' || intent === 'no' || intent === 'cancel');
  return isWaived ? { action: 'noPreference', language, references: [] } : undefined;
}

function isOffered(
  text: string,
  { facet, values }: FacetQuestion,
  language: Language,
  vocabulary: Pick<Vocabulary, 'said'>,
): boolean {
  const said = text.trim().toLowerCase();
  return facet !== 'price' && values.some((value) => vocabulary.said(facet, value, language).toLowerCase() === said);
}

/** Was the shopper asked for consent? */
export function asksConsent(asked: Question | undefined): boolean {
  return asked?.about === 'like' || asked?.about === 'forYou';
}
