import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../domain';
import type { DemoItem, DemoVariant } from './items';
import { SeededRandom } from './random';

/** What the demo's texts need of a language's `lexicon.json`. */
interface Words {
  readonly kinds: Readonly<Record<string, { readonly name: string; readonly plural: string; readonly class: string }>>;
  readonly colors: Readonly<Record<string, { readonly forms: Readonly<Record<string, string>> }>>;
  readonly materials: Readonly<Record<string, { readonly phrase: string }>>;
  readonly patterns: Readonly<Record<string, { readonly phrase: string }>>;
  readonly audiences: Readonly<Record<string, { readonly phrase: string }>>;
}

/** One language's `demo.json`. */
interface DemoTexts {
  readonly title: string;
  readonly sizeSuffix: string;
  readonly descriptions: readonly string[];
  readonly materials: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, string>>;
  readonly reviews: Readonly<Record<string, readonly string[]>>;
}

export interface DemoReview {
  readonly text: string;
  readonly rating: number;
  readonly language: Language;
}

/** Writes titles, descriptions and reviews of demo products in one language. */
export class DemoWriter {
  private constructor(
    readonly language: Language,
    private readonly words: Words,
    private readonly texts: DemoTexts,
  ) {}

  static load(localesDir: string, language: Language): DemoWriter {
    const read = (file: string): unknown => JSON.parse(readFileSync(join(localesDir, language, file), 'utf8'));
    return new DemoWriter(language, read('lexicon.json') as Words, read('demo.json') as DemoTexts);
  }

  static loadAll(localesDir: string): DemoWriter[] {
    return LANGUAGES.map((language) => DemoWriter.load(localesDir, language));
  }

  title(item: DemoItem, variant: DemoVariant): string {
    const phrase = fill(this.texts.title, {
      // "Gold" says it once: the material of that name has no other colour.
      color: variant.color === item.material ? '' : this.color(item, variant.color),
      kind: this.kind(item).name,
      material: need(this.words.materials, item.material).phrase,
      pattern: need(this.words.patterns, item.pattern).phrase,
      audience: item.audience ? need(this.words.audiences, item.audience).phrase : '',
    });
    const size = variant.size ? fill(this.texts.sizeSuffix, { size: variant.size }, true) : '';
    return `${item.brand} ${item.model} ${capitalise(phrase, this.language)}${size}`;
  }

  description(item: DemoItem): string {
    const pattern = this.texts.descriptions[item.textSeed % this.texts.descriptions.length] ?? '';
    const { name } = this.kind(item);
    return fill(pattern, {
      kind: name,
      Kind: capitalise(name, this.language),
      brand: item.brand,
      feature1: need(this.texts.features, item.features[0]),
      feature2: need(this.texts.features, item.features[1]),
      materialSentence: need(this.texts.materials, item.material),
    });
  }

  /** A review in the tone of a rating of 2–5. */
  review(item: DemoItem, rating: number): DemoReview {
    const list = need(this.texts.reviews, String(rating));
    return {
      text: new SeededRandom(`${item.id}/${rating}/${this.language}`).pick(list),
      rating,
      language: this.language,
    };
  }

  /** The kind's plural as a shelf label ("Backpacks"). */
  shelf(item: DemoItem): string {
    return capitalise(this.kind(item).plural, this.language);
  }

  private kind(item: DemoItem) {
    return need(this.words.kinds, item.kind.id);
  }

  private color(item: DemoItem, color: string): string {
    return need(need(this.words.colors, color).forms, this.kind(item).class);
  }
}

function need<T>(record: Readonly<Record<string, T>>, key: string): T {
  const value = record[key];
  if (value === undefined) throw new Error(`the demo's language files lack "${key}"`);
  return value;
}

/** Fills the slots; empty ones collapse with the space beside them. */
function fill(pattern: string, slots: Readonly<Record<string, string>>, keepSpaces = false): string {
  const text = pattern.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');
  return keepSpaces ? text : text.replace(/\s+/g, ' ').trim();
}

function capitalise(text: string, language: Language): string {
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}
