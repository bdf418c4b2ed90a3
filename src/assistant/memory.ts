import { randomUUID } from 'node:crypto';
import type { ConversationState, FlowResult, Turn, TurnProfile } from '../dialog';
import type {
  DialogOutcome,
  EncodedQuery,
  IncomingMessage,
  KnownOfShopper,
  Placement,
  ProductStore,
  ProfileChange,
  ProfileStore,
  ShopperId,
} from '../domain';
import { stillCounting } from './sponsored';
import { favouriteBrands } from './taste';

/** Products that are named to a shopper who asks what is known of them. */
const MOST_NAMED = 5;

export interface MemoryOptions {
  readonly profiles: ProfileStore;
  readonly products: Pick<ProductStore, 'getMany'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What of turns is remembered of shoppers. */
export class Memory {
  constructor(private readonly options: MemoryOptions) {}

  profileOf(shopper: ShopperId): TurnProfile {
    const possible = shopper.userId !== '';
    return {
      possible,
      consented: possible && this.options.profiles.hasConsent(shopper),
      likes: () => this.options.products.getMany([...this.liked(shopper)]),
      known: () => this.known(shopper),
    };
  }

  /** Products that the shopper liked, those liked last first. */
  liked(shopper: ShopperId): ReadonlySet<string> {
    const events = this.options.profiles.events(shopper);
    return new Set(events.filter(({ kind }) => kind === 'like').map(({ productId }) => productId));
  }

  /**
   * The state with what the answer shows noted in it: when it was searched, who had a paid place and, where the shopper lets
   * the shop remember, under which id pages are kept.
   */
  noted(
    { outcome, state, changes = [] }: FlowResult,
    { state: before, profile: { consented } }: Pick<Turn, 'state' | 'profile'>,
  ): ConversationState {
    const placements = placementsOf(outcome);
    const now = this.options.clock();
    const searchedAt = state.lastSearch === before.lastSearch ? (before.searchedAt ?? now) : now;
    const paid = placements.filter(({ sponsored }) => sponsored).map(({ productId }) => ({ productId, at: now }));
    const counting = [...stillCounting(state.sponsored ?? [], now), ...paid];
    const { sponsored: _sponsored, searchedAt: _searchedAt, ...rest } = state;
    const next = {
      ...rest,
      ...(state.lastSearch && { searchedAt }),
      ...(counting.length > 0 && { sponsored: counting }),
    };
    const remembers = consented || changes.some(({ kind }) => kind === 'consent');
    if (!remembers || placements.length === 0 || !next.lastSearch) return next;
    // Where the shopper consents while paging, the pages before were not noted, but shown.
    const cards = 'continued' in outcome && outcome.continued ? (before.lastSearch?.shown ?? 0) : 0;
    const { noted = { id: randomUUID(), cards } } = next.lastSearch;
    return {
      ...next,
      lastSearch: { ...next.lastSearch, noted: { ...noted, cards: noted.cards + placements.length } },
    };
  }

  /** Writes what the flow wants remembered, and what the answer shows; to be called within the turn's transaction. */
  write(shopper: ShopperId, { outcome, changes = [] }: FlowResult, next: ConversationState): void {
    if (shopper.userId === '') return;
    for (const change of changes) this.apply(shopper, change);
    const placements = placementsOf(outcome);
    const noted = next.lastSearch?.noted;
    if (placements.length === 0 || !noted) return;
    const before = noted.cards - placements.length;
    const query = encodedOf(outcome);
    this.options.profiles.show(shopper, { searchId: noted.id, before, placements, ...(query && { query }) });
  }

  private apply(shopper: ShopperId, change: ProfileChange): void {
    const { profiles, clock } = this.options;
    switch (change.kind) {
      case 'consent':
        profiles.giveConsent(shopper);
        break;
      case 'erase':
        profiles.erase(shopper);
        break;
      case 'unlike':
        profiles.unlike(shopper, change.productId);
        break;
      case 'event':
        profiles.record(shopper, { productId: change.productId, kind: change.event, at: clock() });
    }
  }

  private known(shopper: ShopperId): KnownOfShopper {
    const { profiles, products } = this.options;
    const events = profiles.events(shopper);
    const ids = [...new Set(events.map(({ productId }) => productId))];
    const brands = favouriteBrands(events, products.getMany(ids));
    return {
      consent: profiles.hasConsent(shopper),
      events: events.length,
      last: products.getMany(ids.slice(0, MOST_NAMED)),
      brands: [...brands.keys()],
    };
  }
}

export function shopperOf({ channel, userId }: IncomingMessage): ShopperId {
  return { channel, userId };
}

/** The places of an answer's cards, where it is a page of a search or of recommendations. */
function placementsOf(outcome: DialogOutcome): Placement[] {
  switch (outcome.kind) {
    case 'results':
    case 'similar':
      return outcome.ranked.results.map(({ product, sponsored, score }) => ({
        productId: product.id,
        sponsored: sponsored === true,
        score,
      }));
    case 'forYou':
    case 'goesWith':
      return outcome.recommended.results.map(({ product }) => ({ productId: product.id, sponsored: false }));
    default:
      return [];
  }
}

/** What was searched, for training: not where the shopper chose another order than the ranking's, nor for what nobody asked. */
function encodedOf(outcome: DialogOutcome): EncodedQuery | undefined {
  if (outcome.kind !== 'results' || outcome.ranked.query.sort !== 'relevance') return undefined;
  return outcome.ranked.encoded;
}
