import { createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { type CodeCheck, type FlowResult, migrateState, type SharedView, type TurnPairing } from '../dialog';
import {
  type AlertStore,
  type BasketItem,
  CODE_LENGTH,
  CODE_LETTERS,
  CODE_LIFETIME,
  type ConversationStore,
  type KeptCode,
  type Language,
  mergedLines,
  type PairingStore,
  type ProductStore,
  type ProfileStore,
  pairingCodeIn,
  type Reply,
  type ShopperId,
  type ShopperLine,
  Throttle,
} from '../domain';

const MINUTE = 60_000;
/** Codes that a shopper may get wrong within an hour. */
const MOST_WRONG = 5;
/**
 * Codes that all may get wrong while one holds. With a thousand codes open, as many tries hit one with a probability of 2 in a
 * million (300 · 1,000 / 25⁸).
 */
const MOST_WRONG_OF_ALL = 300;
/** A conversation is gone on with where it searched within so many milliseconds. */
const VIEW_LIFETIME = 60 * MINUTE;
const ALL = 'all';

export interface PairingOptions {
  readonly store: PairingStore;
  readonly profiles: Pick<ProfileStore, 'events' | 'erase'>;
  readonly alerts: Pick<AlertStore, 'forget'>;
  readonly products: Pick<ProductStore, 'get' | 'getMany'>;
  readonly conversations: Pick<ConversationStore, 'load'>;
  readonly basketOf: (shopper: ShopperId) => readonly BasketItem[];
  /** What is told on the device that showed a code when it is used. */
  readonly told: (language: Language) => Reply;
  readonly line: { readonly current: ShopperLine | undefined };
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Sharing a basket and likes with another device. */
export class Pairing {
  /** Digests are worth nothing without it, and it is never written: a code does not survive a restart. */
  private readonly key = randomBytes(32);
  private readonly triesOfShopper: Throttle;
  private readonly triesOfAll: Throttle;

  constructor(private readonly options: PairingOptions) {
    this.triesOfShopper = new Throttle(MOST_WRONG, 60 * MINUTE, options.clock);
    this.triesOfAll = new Throttle(MOST_WRONG_OF_ALL, CODE_LIFETIME, options.clock);
  }

  of(shopper: ShopperId): TurnPairing<SharedView> {
    const { store, clock } = this.options;
    const possible = shopper.userId !== '';
    return {
      possible,
      isPaired: possible && store.sharing(shopper).length > 1,
      hasCode: possible && store.codes().some((code) => isSame(code.shopper, shopper) && isOpen(code, clock())),
      draw: () => {
        const code = drawCode();
        return { code, digest: this.digestOf(code), until: clock() + CODE_LIFETIME };
      },
      check: (code) => this.check(code, shopper),
      recheck: (digest) => this.checked(digest, shopper),
    };
  }

  /** Can what a turn found still be done? To be asked within the turn's transaction, before anything is written. */
  holds(shopper: ShopperId, { pairing }: FlowResult): boolean {
    return pairing?.kind !== 'join' || this.checked(pairing.digest, shopper).kind === 'open';
  }

  /** Writes what a turn changed; to be called within its transaction, after all else. */
  write(shopper: ShopperId, conversation: string, { pairing, changes = [] }: FlowResult): void {
    if (shopper.userId === '') return;
    const { store, profiles, alerts } = this.options;
    if (changes.some(({ kind }) => kind === 'erase')) {
      for (const other of store.sharing(shopper)) {
        profiles.erase(other);
        alerts.forget(other);
      }
      store.erase(shopper);
    }
    switch (pairing?.kind) {
      case 'code':
        store.keepCode({ digest: pairing.digest, until: pairing.until, shopper, conversation });
        break;
      case 'revoke':
        store.revoke(shopper);
        break;
      case 'unlink':
        store.unlink(shopper);
        break;
      case 'join':
        this.join(shopper, pairing.digest);
    }
    store.visited(shopper);
  }

  private join(shopper: ShopperId, digest: string): void {
    const { store, line, told } = this.options;
    const code = this.codeOf(digest);
    if (!code || !store.join(digest, shopper, this.basketOfBoth(code.shopper, shopper))) return;
    // Who showed the code to somebody by mistake learns at once that it was used.
    const { state } = this.options.conversations.load(code.conversation);
    const reply = told(migrateState(state, 'en', this.options.clock()).language);
    if (line.current?.write(code.conversation, { id: `paired:${randomUUID()}`, reply })) {
      setImmediate(() => line.current?.wake(code.conversation));
    }
  }

  private check(text: string, shopper: ShopperId): CodeCheck<SharedView> {
    const key = JSON.stringify(shopper);
    if (this.triesOfShopper.wait(key) > 0 || this.triesOfAll.wait(ALL) > 0) return { kind: 'tooMany' };
    const code = pairingCodeIn(text);
    const found: CodeCheck<SharedView> =
      code === undefined ? { kind: 'wrong' } : this.checked(this.digestOf(code), shopper);
    if (found.kind !== 'open' && found.kind !== 'own') {
      this.triesOfShopper.count(key);
      this.triesOfAll.count(ALL);
    }
    return found;
  }

  private checked(digest: string, shopper: ShopperId): CodeCheck<SharedView> {
    const code = this.codeOf(digest);
    if (!code) return { kind: 'wrong' };
    if (code.used) return { kind: 'used' };
    if (!isOpen(code, this.options.clock())) return { kind: 'expired' };
    const { store, profiles, products } = this.options;
    if (store.sharing(code.shopper).some((each) => isSame(each, shopper))) return { kind: 'own' };
    const items = this.basketOfBoth(code.shopper, shopper).flatMap(({ productId, quantity }) => {
      const product = products.get(productId);
      return product ? [{ product, quantity }] : [];
    });
    const events = [shopper, code.shopper].flatMap((each) => profiles.events(each));
    const likes = new Set(events.filter(({ kind }) => kind === 'like').map(({ productId }) => productId));
    const view = this.viewOf(code.conversation);
    return { kind: 'open', digest, items, likes: [...likes], ...(view && { view }) };
  }

  private basketOfBoth(one: ShopperId, other: ShopperId) {
    const { basketOf, products } = this.options;
    const lines = (shopper: ShopperId) =>
      basketOf(shopper).map(({ product, quantity }) => ({ productId: product.id, quantity }));
    return mergedLines(lines(one), lines(other), (id) => products.get(id)?.quantity);
  }

  private viewOf(conversation: string): SharedView | undefined {
    const { conversations, products, clock } = this.options;
    const { lastSearch, shown, lastProduct, searchedAt } = migrateState(
      conversations.load(conversation).state,
      'en',
      clock(),
    );
    if (!lastSearch || searchedAt === undefined || searchedAt < clock() - VIEW_LIFETIME) return undefined;
    const seen = products.getMany(shown ?? (lastProduct === undefined ? [] : [lastProduct]));
    if (seen.length === 0) return undefined;
    // Under which id its pages are noted is the other device's.
    const { noted: _, ...search } = lastSearch;
    return {
      state: { lastSearch: search, ...(shown && { shown }), ...(lastProduct && { lastProduct }) },
      products: seen,
    };
  }

  /** All codes are compared, and each as a whole: how long it takes tells nothing. */
  private codeOf(digest: string): KeptCode | undefined {
    const wanted = Buffer.from(digest, 'hex');
    let found: KeptCode | undefined;
    for (const code of this.options.store.codes()) {
      if (timingSafeEqual(Buffer.from(code.digest, 'hex'), wanted)) found = code;
    }
    return found;
  }

  private digestOf(code: string): string {
    return createHmac('sha256', this.key).update(code).digest('hex');
  }
}

/** A code by chance that no one can foresee. */
function drawCode(): string {
  for (;;) {
    const letters = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]);
    const code = pairingCodeIn(letters.join(''));
    if (code !== undefined) return code;
  }
}

const isOpen = ({ used, until }: KeptCode, now: number): boolean => !used && until > now;

function isSame(one: ShopperId, other: ShopperId): boolean {
  return one.channel === other.channel && one.userId === other.userId;
}
