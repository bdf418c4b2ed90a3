import { type Attributes, NO_ATTRIBUTES, textIn } from '../../domain';
import type { EvaluationRandom } from '../evaluation';
import type { Draft } from './draft';
import type { QueryType } from './examples';
import { byKind, meets, type TrainingItem } from './items';
import { audienceOf, CHANGES, type Change, type PhraseMaker } from './phrases';
import { withTaste } from './tastes';

/** Chance that a query is asked by a simulated shopper with a taste. */
const WITH_TASTE = 0.35;

/** Chance that words beside a photo name the kind and no more: all else is for the photo to say. */
const KIND_ALONE = 0.5;

/**
 * Draws queries for a product of a catalogue, of each type: wishes in all languages, photos, both, photos with what should
 * be different, and wishes of simulated shoppers who like a colour or a maker.
 */
export class QueryComposer {
  private readonly kinds: ReadonlyMap<string, readonly number[]>;
  private readonly looks = new Map<string, number[]>();

  constructor(
    private readonly items: readonly TrainingItem[],
    private readonly makers: readonly PhraseMaker[],
    private readonly random: EvaluationRandom,
  ) {
    this.kinds = byKind(items);
    for (const [number, { look }] of items.entries()) {
      const same = this.looks.get(look);
      if (same) same.push(number);
      else this.looks.set(look, [number]);
    }
  }

  /** A query that a product answers; undefined where none of this type can be made of it. */
  draw(type: QueryType, number: number): Draft | undefined {
    const draft = this.asked(type, number);
    if (!draft || (type !== 'history' && this.random.next() >= WITH_TASTE)) return draft;
    const personal = withTaste(draft, number, this.items, this.random);
    return personal ?? (type === 'history' ? undefined : draft);
  }

  private asked(type: QueryType, number: number): Draft | undefined {
    const item = this.items[number];
    if (!item) return undefined;
    if (type === 'photo') return this.photo(item, number);
    if (type === 'text+photo') return this.both(item, number);
    if (type === 'composed') return this.composed(item, number);
    if (type === 'history') return this.bare(item);
    return this.wish(type, item, number);
  }

  private get maker(): PhraseMaker {
    const maker = this.makers[this.random.below(this.makers.length)];
    if (!maker) throw new RangeError('there is no language to draw phrases of');
    return maker;
  }

  private wish(type: QueryType, item: TrainingItem, number: number): Draft | undefined {
    const maker = this.maker;
    if (this.random.next() < 0.15) {
      // What the shop itself calls it, without the maker's name.
      const { title } = textIn(item.product, maker.language);
      const text = item.product.brand ? title.replace(item.product.brand, ' ').replace(/\s+/g, ' ').trim() : title;
      const relevant = new Map([[number, 1]]);
      for (const same of this.looks.get(item.look) ?? [])
        if (this.items[same]?.group === item.group) relevant.set(same, 1);
      return this.draft(type, item, { language: maker.language, text, asked: NO_ATTRIBUTES, relevant });
    }
    const { text, asked } = maker.wish(item.attributes);
    if (text.trim() === '') return undefined;
    return this.draft(type, item, { language: maker.language, text, asked, relevant: this.answers(item, asked) });
  }

  private photo(item: TrainingItem, number: number): Draft | undefined {
    if (!item.picture) return undefined;
    const relevant = new Map<number, number>();
    const [color] = item.attributes.colors;
    for (const other of this.kinds.get(item.attributes.kinds[0] ?? '') ?? [])
      if (color !== undefined && this.items[other]?.attributes.colors[0] === color) relevant.set(other, 1);
    for (const same of this.looks.get(item.look) ?? []) relevant.set(same, 3);
    return this.draft('photo', item, { text: '', asked: NO_ATTRIBUTES, relevant, photoOf: number });
  }

  /** A photo and words that are both true of the product: what has both is right, what has one of them is so in part. */
  private both(item: TrainingItem, number: number): Draft | undefined {
    if (!item.picture) return undefined;
    const maker = this.maker;
    const { kinds } = item.attributes;
    const named = kinds.length > 0 && this.random.next() < KIND_ALONE ? { ...NO_ATTRIBUTES, kinds } : item.attributes;
    const { text, asked } = maker.wish(named);
    if (text.trim() === '') return undefined;
    const answers = this.answers(item, asked);
    const relevant = new Map([...answers.keys()].map((other) => [other, 1]));
    for (const same of this.looks.get(item.look) ?? []) relevant.set(same, answers.has(same) ? 3 : 1);
    return this.draft('text+photo', item, { language: maker.language, text, asked, relevant, photoOf: number });
  }

  /** A photo of a product, and words for what should be different. */
  private composed(item: TrainingItem, number: number): Draft | undefined {
    if (!item.picture) return undefined;
    const change = CHANGES[this.random.below(CHANGES.length)] ?? 'color';
    const kind = item.attributes.kinds[0] ?? '';
    const others = (this.kinds.get(kind) ?? []).flatMap((other) => this.items[other] ?? []);
    const values = [...new Set(others.flatMap((other) => attributeOf(other, change) ?? []))];
    const value = values.filter((each) => each !== attributeOf(item, change))[
      this.random.below(Math.max(1, values.length - 1))
    ];
    if (change !== 'cheaper' && value === undefined) return undefined;
    const relevant = new Map<number, number>();
    for (const other of this.kinds.get(kind) ?? []) {
      const candidate = this.items[other];
      if (!candidate) continue;
      const fits =
        change === 'cheaper'
          ? candidate.price !== undefined && item.price !== undefined && candidate.price < item.price
          : attributeOf(candidate, change) === value;
      if (fits) relevant.set(other, 1 + likeness(candidate, item, change));
    }
    if (relevant.size === 0) return undefined;
    const maker = this.maker;
    const { text, asked } = maker.change(change, value ?? '', kind === '' ? undefined : kind);
    return this.draft('composed', item, { language: maker.language, text, asked, relevant, photoOf: number });
  }

  /** A wish for a kind and nothing more: what else is right is for a taste to say. */
  private bare(item: TrainingItem): Draft | undefined {
    const [kind] = item.attributes.kinds;
    if (kind === undefined) return undefined;
    const maker = this.maker;
    const { text, asked } = maker.wish({ ...NO_ATTRIBUTES, kinds: [kind] });
    return this.draft('history', item, { language: maker.language, text, asked, relevant: this.answers(item, asked) });
  }

  private answers({ attributes }: TrainingItem, asked: Attributes): Map<number, number> {
    const [kind] = asked.kinds;
    const among = kind === undefined ? [...this.items.keys()] : (this.kinds.get(attributes.kinds[0] ?? '') ?? []);
    return new Map(
      among.filter((other) => meets(this.items[other]?.attributes ?? NO_ATTRIBUTES, asked)).map((other) => [other, 1]),
    );
  }

  private draft(
    type: QueryType,
    item: TrainingItem,
    fields: Pick<Draft, 'text' | 'asked' | 'relevant'> & Partial<Draft>,
  ): Draft | undefined {
    if (fields.relevant.size === 0) return undefined;
    return { type, language: 'en', kind: item.attributes.kinds[0] ?? '', ...fields };
  }
}

function attributeOf({ attributes }: TrainingItem, change: Change): string | undefined {
  if (change === 'color') return attributes.colors[0];
  if (change === 'material') return attributes.materials[0];
  if (change === 'pattern') return attributes.patterns[0];
  return change === 'audience' ? audienceOf(attributes) : undefined;
}

/** How many of the things that a photo shows, and that were not to be different, are the same: 0 to 2. */
function likeness(candidate: TrainingItem, shown: TrainingItem, change: Change): number {
  const same = (a: readonly string[], b: readonly string[]) => Number((a[0] ?? '') === (b[0] ?? ''));
  return (
    (change === 'color' ? 0 : same(candidate.attributes.colors, shown.attributes.colors)) +
    (change === 'pattern' ? 0 : same(candidate.attributes.patterns, shown.attributes.patterns))
  );
}
