import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Attributes, LANGUAGES, type Language, NO_ATTRIBUTES } from '../../domain';
import type { LexiconFile, Lexicons } from '../../understanding';
import type { EvaluationRandom } from '../evaluation';

const sentences = z.array(z.string().min(1)).min(1);

/** One language's `training.json`: what stands around a wish, and beside a photo of something that should be different. */
const schema = z.object({
  carriers: sentences,
  color: sentences,
  audience: sentences,
  material: sentences,
  pattern: sentences,
  cheaper: sentences,
});
type Sentences = z.infer<typeof schema>;

/** What of a photo's thing should be different. */
export const CHANGES = ['color', 'audience', 'material', 'pattern', 'cheaper'] as const;
export type Change = (typeof CHANGES)[number];

/** Languages whose describing words follow the noun. */
const NOUN_FIRST = new Set<Language>(['es', 'fr', 'pt']);
/** Chances that a wish names an attribute that the product has. */
const NAMED = { kind: 0.92, color: 0.5, material: 0.25, pattern: 0.35, audience: 0.3, brand: 0.08 } as const;

/** Words and what is asked for in them. */
export interface Phrase {
  readonly text: string;
  readonly asked: Attributes;
}

/** Makes wishes and changes in a language's own words, from its lexicon. */
export class PhraseMaker {
  constructor(
    readonly language: Language,
    private readonly lexicon: LexiconFile,
    private readonly sentences: Sentences,
    private readonly random: EvaluationRandom,
  ) {}

  /** A wish for something like a product: some of its attributes, in one of the ways to say them. */
  wish(attributes: Attributes): Phrase {
    const { random, language, lexicon } = this;
    const before: string[] = [];
    const after: string[] = [];
    const describing = NOUN_FIRST.has(language) ? after : before;
    const [kind] = attributes.kinds;
    const known = kind === undefined ? undefined : lexicon.kinds[kind];
    const noun = known && random.next() < NAMED.kind ? this.nounOf(known) : this.pick(this.groupNames(attributes));
    let asked: Attributes = { ...NO_ATTRIBUTES, ...(known && { kinds: kind === undefined ? [] : [kind] }) };
    if (!known) asked = { ...asked, groups: attributes.groups };
    const [color] = attributes.colors;
    if (color !== undefined && random.next() < NAMED.color) {
      describing.push(this.colorWord(color, known?.class ?? 'x'));
      asked = { ...asked, colors: [color] };
    }
    const [material] = attributes.materials;
    if (material !== undefined && lexicon.materials[material] && random.next() < NAMED.material) {
      (language === 'es' || language === 'fr' || language === 'pt' ? after : before).push(
        this.said('materials', material),
      );
      asked = { ...asked, materials: [material] };
    }
    const [pattern] = attributes.patterns;
    if (pattern !== undefined && lexicon.patterns[pattern] && random.next() < NAMED.pattern) {
      describing.push(this.said('patterns', pattern));
      asked = { ...asked, patterns: [pattern] };
    }
    const audience = audienceOf(attributes);
    if (audience !== undefined && random.next() < NAMED.audience) {
      (language === 'zh' || language === 'ja' ? before : after).push(this.said('audiences', audience));
      asked = audience === 'kids' ? { ...asked, kids: true } : { ...asked, genders: attributes.genders };
    }
    const [brand] = attributes.brands;
    if (brand !== undefined && random.next() < NAMED.brand) {
      before.unshift(brand);
      asked = { ...asked, brands: [brand] };
    }
    const joiner = language === 'zh' || language === 'ja' ? '' : ' ';
    const wish = [...before, noun ?? '', ...after].filter(Boolean).join(joiner);
    const carrier = random.next() < 0.4 ? this.pick(this.sentences.carriers) : '{q}';
    return { text: (carrier ?? '{q}').replace('{q}', wish), asked };
  }

  /** What is typed beside a photo of something of a kind that should be different: `value` is the new attribute's id. */
  change(change: Change, value: string, kind: string | undefined): Phrase {
    const known = kind === undefined ? undefined : this.lexicon.kinds[kind];
    const sentence = this.pick(this.sentences[change].filter((each) => known || !each.includes('{k}'))) ?? '{x}';
    const said = change === 'color' ? this.colorWord(value, known?.class ?? 'x') : this.saidOf(change, value);
    const text = sentence.replace('{x}', said).replace('{k}', known ? this.nounOf(known) : '');
    const kinds = sentence.includes('{k}') && kind !== undefined ? { kinds: [kind] } : {};
    return { text, asked: { ...NO_ATTRIBUTES, ...kinds, ...askedBy(change, value) } };
  }

  private saidOf(change: Change, value: string): string {
    if (change === 'material') return this.said('materials', value);
    if (change === 'pattern') return this.said('patterns', value);
    return change === 'audience' ? this.said('audiences', value) : '';
  }

  /** The usual name half of the time, else any of its synonyms. */
  private nounOf(kind: LexiconFile['kinds'][string]): string {
    const usual = [kind.name, kind.plural];
    return (this.random.next() < 0.5 ? this.pick(usual) : this.pick([...usual, ...kind.synonyms])) ?? kind.name;
  }

  private colorWord(id: string, nounClass: string): string {
    const color = this.lexicon.colors[id];
    if (!color) return id;
    const form = color.forms[nounClass] ?? color.forms.x;
    return (form !== undefined && this.random.next() < 0.5 ? form : this.pick(color.words)) ?? id;
  }

  private said(section: 'materials' | 'patterns' | 'audiences', id: string): string {
    const entry = this.lexicon[section][id];
    if (!entry) return id;
    return (entry.phrase !== '' && this.random.next() < 0.6 ? entry.phrase : this.pick(entry.words)) ?? id;
  }

  private groupNames({ groups }: Attributes): readonly string[] {
    return groups.flatMap((group) => this.lexicon.groups[group] ?? []);
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[this.random.below(Math.max(1, list.length))];
  }
}

/** One for each language. Throws where a `training.json` is not as it should be. */
export function phraseMakers(lexicons: Lexicons, localesDir: string, random: EvaluationRandom): PhraseMaker[] {
  return LANGUAGES.map((language) => {
    const file = join(localesDir, language, 'training.json');
    const sentences = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new PhraseMaker(language, lexicons.byLanguage[language].file, sentences, random);
  });
}

/** `female`, `male` or `kids`; undefined where it is for all. */
export function audienceOf({ genders, kids }: Attributes): string | undefined {
  if (kids) return 'kids';
  const [gender] = genders;
  return gender === 'unisex' ? undefined : gender;
}

function askedBy(change: Change, value: string): Partial<Attributes> {
  if (change === 'color') return { colors: [value] };
  if (change === 'material') return { materials: [value] };
  if (change === 'pattern') return { patterns: [value] };
  if (change === 'audience') return value === 'kids' ? { kids: true } : { genders: [value as 'female' | 'male'] };
  return {};
}
