import { type Attributes, type AttributeTagger, type Language, languageOf, type Product } from '../domain';
import { addConcept, emptySets, freeze } from './attributes';
import { detectLanguage } from './detect';
import { cleanText } from './fold';
import { kindsByHead } from './heads';
import type { ConceptType, Lexicons } from './lexicon';
import { matchConcepts } from './matcher';
import { units } from './units';

const LONGEST_TITLE = 300;
const LISTS = /[/,;|&>]/;

/** Reads a product's attributes out of its fields first and its title where the fields are silent. */
export class LexiconTagger implements AttributeTagger {
  readonly id = 'vitrine-tags-1';
  private readonly fieldCache = new Map<string, readonly string[]>();

  constructor(private readonly lexicons: Lexicons) {}

  tag(product: Product): Attributes {
    const title = cleanText(product.title, LONGEST_TITLE);
    const language = languageOf(product.language) ?? detectLanguage(title, this.lexicons);
    const cut = units(title);
    const matches = matchConcepts(cut, this.lexicons.byLanguage[language], { correct: false });
    const sets = emptySets();
    for (const match of matches) for (const concept of match.concepts) addConcept(sets, concept);
    const fromTitle = kindsByHead(matches, cut, language);
    const fromType = this.kindsOfPath(product.productType, language, product.googleProductCategory);
    sets.kinds = new Set([...(fromType.length > 0 ? fromType : fromTitle)]);
    this.replace(sets.colors, product.color, 'color', language);
    this.replace(sets.materials, product.material, 'material', language);
    this.replace(sets.patterns, product.pattern, 'pattern', language);
    sets.sizes = new Set(product.size ? [product.size.toUpperCase()] : []);
    sets.brands = new Set(product.brand ? [product.brand] : []);
    if (product.gender) sets.genders = new Set([product.gender]);
    if (product.ageGroup) sets.kids = product.ageGroup !== 'adult';
    if (product.condition) sets.conditions = new Set([product.condition]);
    for (const kind of sets.kinds) {
      const group = this.lexicons.groupOfKind.get(kind);
      if (group) sets.groups.add(group);
    }
    return freeze(sets);
  }

  /** Kinds named by the last step of a category path ("Apparel > Shoes > Boots"). */
  private kindsOfPath(path: string | undefined, language: Language, fallback: string | undefined): readonly string[] {
    for (const candidate of [path, fallback]) {
      const last = candidate?.split('>').at(-1)?.trim();
      if (!last) continue;
      const kinds = this.idsIn(last, 'kind', language);
      // A last step that names several kinds ("Hats & Caps") doesn't say which one this is.
      if (kinds.length === 1) return kinds;
    }
    return [];
  }

  private replace(set: Set<string>, value: string | undefined, type: ConceptType, language: Language): void {
    if (!value) return;
    const ids = value.split(LISTS).flatMap((part) => [...this.idsIn(part, type, language)]);
    if (ids.length === 0) return;
    set.clear();
    for (const id of ids) set.add(id);
  }

  /** Lexicon ids in a short field, tried in the product's language, then English, then the others. */
  private idsIn(text: string, type: ConceptType, language: Language): readonly string[] {
    const key = `${language}\u0001${type}\u0001${text}`;
    const known = this.fieldCache.get(key);
    if (known) return known;
    const order = new Set<Language>([language, 'en', ...(Object.keys(this.lexicons.byLanguage) as Language[])]);
    let found: readonly string[] = [];
    for (const candidate of order) {
      const matches = matchConcepts(units(cleanText(text, LONGEST_TITLE)), this.lexicons.byLanguage[candidate], {
        correct: false,
      });
      found = [
        ...new Set(
          matches.flatMap((match) =>
            match.concepts.filter((concept) => concept.type === type).map((concept) => concept.id),
          ),
        ),
      ];
      if (found.length > 0) break;
    }
    if (this.fieldCache.size > 20_000) this.fieldCache.clear();
    this.fieldCache.set(key, found);
    return found;
  }
}
