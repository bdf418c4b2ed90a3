import {
  type Attributes,
  type AttributeTagger,
  type Because,
  type BoughtTogether,
  type Complements,
  groupOf,
  isAvailable,
  type Product,
  type ProductStore,
  type ProfileEvent,
  type ProfileStore,
  type Recommended,
  type RecommendedProduct,
  type Shelf,
  type ShelfItem,
  type ShopperId,
  type Taste,
} from '../domain';
import { liftBrands, mixKinds, oneOfGroup, sameAudience } from './mix';
import { favouriteBrands, MOST_TASTE_EVENTS, tasteOf } from './taste';

/** Products in one answer. */
const PAGE = 6;
/** Products that a list is made of; nobody pages further. */
const CANDIDATES = 300;
const MATCHING = 2_000;
/** Shoppers who bought both, from which "bought together" says something. */
const LEAST_TOGETHER = 3;
/** Places of one kind on a page of what goes well with a product: more than one kind goes with it. */
const MOST_OF_COMPLEMENT = 2;

export interface RecommenderOptions {
  readonly profiles: ProfileStore;
  readonly shelf: Shelf;
  readonly products: Pick<ProductStore, 'get' | 'getMany'>;
  readonly tagger: AttributeTagger;
  readonly complements: Complements;
}

/** Something to show, before its product is read. */
interface Chosen {
  readonly id: string;
  readonly because: Because;
  readonly attributes?: NonNullable<RecommendedProduct['attributes']>;
}

/** Recommends what was not asked for in words. */
export class Recommender {
  constructor(private readonly options: RecommenderOptions) {}

  /** The shopper's taste; undefined without consent, and where nothing of it can be said. */
  async taste(shopper: ShopperId): Promise<Taste | undefined> {
    return this.tasteFrom(this.options.profiles.events(shopper));
  }

  /** Near the shopper's taste, without what they have or know to like; the well rated where there is no taste yet. */
  async forYou(shopper: ShopperId, offset: number): Promise<Recommended> {
    const { profiles, products, shelf } = this.options;
    const events = profiles.events(shopper);
    const taste = await this.tasteFrom(events);
    const items = taste?.vector ? await shelf.near(taste.vector, CANDIDATES) : await shelf.rated(CANDIDATES);
    const known = events.filter(({ kind }) => kind !== 'view').map(({ productId }) => productId);
    const left = new Set(products.getMany(known).map(groupOf));
    const fresh = oneOfGroup(liftBrands(items, taste?.brands)).filter(({ group }) => !left.has(group));
    const mixed = mixKinds(fresh, { page: PAGE, most: PAGE / 2 });
    const because = taste?.vector ? 'taste' : 'rated';
    return this.page(
      mixed.map(({ id }) => ({ id, because })),
      offset,
    );
  }

  /** What other shoppers bought beside a product, then what matches it in the catalogue. */
  async goesWith(product: Product, offset: number): Promise<Recommended> {
    const bought = this.boughtWith(product);
    const groups = new Set([groupOf(product), ...bought.map(groupOf)]);
    const matching = (await this.matching(product)).filter(({ group }) => !groups.has(group));
    const chosen = [
      ...bought.map(({ id }): Chosen => ({ id, because: 'bought' })),
      ...mixKinds(matching, { page: PAGE, most: MOST_OF_COMPLEMENT }).map(
        ({ id, shared }): Chosen => ({ id, because: 'matches', attributes: shared }),
      ),
    ];
    return this.page(chosen, offset);
  }

  private async tasteFrom(events: readonly ProfileEvent[]): Promise<Taste | undefined> {
    const newest = events.slice(0, MOST_TASTE_EVENTS);
    if (newest.length === 0) return undefined;
    const ids = [...new Set(newest.map(({ productId }) => productId))];
    const vector = tasteOf(newest, await this.options.shelf.vectors(ids));
    const brands = favouriteBrands(newest, this.options.products.getMany(ids));
    return vector || brands.size > 0 ? { ...(vector && { vector }), brands } : undefined;
  }

  /** By lift: how much more often both are bought than if one had nothing to do with the other. */
  private boughtWith(product: Product): Product[] {
    const { profiles, products } = this.options;
    const { shoppers, buyers, others } = profiles.boughtTogether(groupOf(product), LEAST_TOGETHER);
    const lift = ({ both, buyers: theirs }: BoughtTogether) => (both * shoppers) / (buyers * theirs);
    const lifted = others.map((other) => ({ other, lift: lift(other) })).filter((each) => each.lift > 1);
    lifted.sort((a, b) => b.lift - a.lift || b.other.both - a.other.both);
    return products.getMany(lifted.map(({ other }) => other.productId)).filter(isAvailable);
  }

  /** Other kinds of things in the product's colour or material, for the same people, the best match first. */
  private async matching(
    product: Product,
  ): Promise<(ShelfItem & { readonly shared: NonNullable<Chosen['attributes']> })[]> {
    const { shelf, tagger, complements } = this.options;
    const own = tagger.tag(product);
    const [kind] = own.kinds;
    const ranks = new Map<string, number>();
    const near = kind === undefined ? [] : complements.of(kind);
    for (const [rank, kinds] of near.entries()) for (const id of kinds) ranks.set(id, rank);
    const wanted = { kinds: [...ranks.keys()], colors: own.colors, materials: own.materials };
    const found = (await shelf.matching(wanted, MATCHING)).filter(({ attributes }) => sameAudience(own, attributes));
    const scored = found.map((item) => {
      const shared = sharedWith(own, item.attributes);
      const rank = ranks.get(item.attributes.kinds[0] ?? '') ?? 3;
      const worth = 2 * Number(shared.color !== undefined) + Number(shared.material !== undefined) - rank;
      return { item: { ...item, shared }, worth: worth + item.rating / 10 };
    });
    scored.sort((a, b) => b.worth - a.worth || (a.item.id < b.item.id ? -1 : 1));
    return oneOfGroup(scored.map(({ item }) => item)).filter(({ attributes }) => attributes.kinds[0] !== kind);
  }

  private page(chosen: readonly Chosen[], offset: number): Recommended {
    const results = chosen.slice(offset, offset + PAGE).flatMap(({ id, ...why }): RecommendedProduct[] => {
      const product = this.options.products.get(id);
      return product ? [{ product, ...why }] : [];
    });
    return { results, more: chosen.length > offset + PAGE };
  }
}

function sharedWith(own: Attributes, other: Attributes): NonNullable<Chosen['attributes']> {
  const both = (mine: readonly string[], theirs: readonly string[]) => mine.filter((id) => theirs.includes(id));
  const [color, material] = [both(own.colors, other.colors), both(own.materials, other.materials)];
  return { ...(color.length > 0 && { color }), ...(material.length > 0 && { material }) };
}
