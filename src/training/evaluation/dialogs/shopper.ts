import { FACETS, type Facet, type ProductCard, type Reply } from '../../../domain';
import type { DialogTruth, ShopperMessage } from './port';
import type { DialogScript } from './script';

/** Tries to pick the right product among those shown: a shopper who was misunderstood says it once more. */
const MOST_CHOICES = 2;
/** Share of letter pairs that what was heard must have in common with what was said. */
const HEARD = 0.5;

/** Why a shopper says something. */
export type Purpose = 'opening' | 'again' | 'answer' | 'refinement' | 'choice' | 'then';

export interface Utterance extends ShopperMessage {
  readonly purpose: Purpose;
}

/** What a shopper sees of a turn, and what they are asked. */
export interface Seen {
  readonly replies: readonly Reply[];
  readonly asks: DialogTruth['asks'];
  /** The right product was picked. */
  readonly picked: boolean;
}

/**
 * A shopper who says what a script has. They tell the right product when they see it; until then they answer what they are
 * asked and else say their refinements one by one; then they pick it and go on with what follows.
 */
export class ScriptedShopper {
  private readonly refinements: string[];
  private readonly following: string[];
  /** Products as they stood in the last list, the first is number 1. */
  private shown: readonly ProductCard[] = [];
  private choices = 0;
  private saidOther = false;
  private picked = false;

  /** @param isRight whether a product that is shown is what the goal wants */
  constructor(
    private readonly script: DialogScript,
    private readonly isRight: (productId: string) => boolean,
  ) {
    this.refinements = [...script.refinements];
    this.following = [...script.then];
  }

  /** What is said after a turn; undefined where the script has nothing more. `last` is what was said in it. */
  next(seen: Seen, last: Utterance): Utterance | undefined {
    if (last.voice && !wasHeard(seen.replies, this.script.opening) && this.placeOf(seen.replies) === undefined)
      return { purpose: 'again', text: this.script.opening };
    const looksFor = this.script.goal.kind === 'find' || this.script.goal.kind === 'buy';
    this.picked ||= seen.picked;
    if (looksFor && !this.picked) return this.lookOn(seen);
    return this.goOn(seen);
  }

  private lookOn({ replies, asks }: Seen): Utterance | undefined {
    const place = this.placeOf(replies);
    if (place !== undefined && this.choices < MOST_CHOICES) {
      this.choices += 1;
      return { purpose: 'choice', text: this.script.choose.replaceAll('{n}', String(place)) };
    }
    if (asks !== undefined && isFacet(asks)) return this.answer(asks);
    const refinement = this.refinements.shift();
    if (refinement !== undefined) return { purpose: 'refinement', text: refinement };
    return asks === undefined ? undefined : this.otherwise();
  }

  /** What follows the choice or, where there is none, the opening. */
  private goOn({ asks }: Seen): Utterance | undefined {
    if (asks !== undefined && isFacet(asks)) return this.answer(asks);
    const proves = this.script.goal.kind === 'order' || this.picked;
    if (asks !== undefined && !proves && !this.saidOther) return this.otherwise() ?? this.follow();
    return this.follow() ?? (asks === undefined ? undefined : this.otherwise());
  }

  private follow(): Utterance | undefined {
    const text = this.following.shift();
    return text === undefined ? undefined : { purpose: 'then', text };
  }

  private answer(facet: Facet): Utterance | undefined {
    const text = this.script.answers[facet] ?? this.script.answers.other;
    return text === undefined ? undefined : { purpose: 'answer', text };
  }

  /** To a question that the script doesn't foresee, once. */
  private otherwise(): Utterance | undefined {
    if (this.saidOther || this.script.answers.other === undefined) return undefined;
    this.saidOther = true;
    return { purpose: 'answer', text: this.script.answers.other };
  }

  /** The number, from 1, of the right product among those shown last; a product that stands alone below a list is no new list. */
  private placeOf(replies: readonly Reply[]): number | undefined {
    const cards = replies.flatMap((reply) => reply.cards);
    if (cards.length > 1 || (cards.length === 1 && this.choices === 0)) this.shown = cards;
    const place = this.shown.findIndex(({ productId }) => this.isRight(productId));
    return place === -1 ? undefined : place + 1;
  }
}

const isFacet = (asked: NonNullable<DialogTruth['asks']>): asked is Facet =>
  (FACETS as readonly string[]).includes(asked);

/** Whether a reply says that it heard about what was said. Shoppers who read that something else was heard write it. */
function wasHeard(replies: readonly Reply[], said: string): boolean {
  const heard = replies.find((reply) => reply.heard)?.heard;
  return heard !== undefined && dice(heard.text, said) >= HEARD;
}

/** Dice's coefficient of two texts' pairs of letters, 0 to 1. */
function dice(a: string, b: string): number {
  const letters = (text: string) => [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  ];
  const pairs = (text: string) =>
    letters(text).flatMap((letter, i, all) => (i === 0 ? [] : [`${all[i - 1]}${letter}`]));
  const [left, right] = [pairs(a), pairs(b)];
  const rest = [...right];
  let common = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at === -1) continue;
    rest.splice(at, 1);
    common += 1;
  }
  return left.length + right.length === 0 ? 0 : (2 * common) / (left.length + right.length);
}
