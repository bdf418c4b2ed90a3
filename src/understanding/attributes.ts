import { type Attributes, type Condition, type Gender, NO_ATTRIBUTES } from '../domain';
import type { Concept } from './lexicon';

/** Attributes while they are being collected. */
export type AttributeSets = {
  kinds: Set<string>;
  groups: Set<string>;
  colors: Set<string>;
  materials: Set<string>;
  patterns: Set<string>;
  sizes: Set<string>;
  brands: Set<string>;
  genders: Set<Gender>;
  conditions: Set<Condition>;
  kids: boolean;
};

export function emptySets(): AttributeSets {
  return {
    kinds: new Set(),
    groups: new Set(),
    colors: new Set(),
    materials: new Set(),
    patterns: new Set(),
    sizes: new Set(),
    brands: new Set(),
    genders: new Set(),
    conditions: new Set(),
    kids: false,
  };
}

/** Adds what a concept says; false when the concept is not an attribute. */
export function addConcept(sets: AttributeSets, concept: Concept): boolean {
  switch (concept.type) {
    case 'kind':
      sets.kinds.add(concept.id);
      return true;
    case 'group':
      sets.groups.add(concept.id);
      return true;
    case 'color':
      sets.colors.add(concept.id);
      return true;
    case 'material':
      sets.materials.add(concept.id);
      return true;
    case 'pattern':
      sets.patterns.add(concept.id);
      return true;
    case 'size':
      sets.sizes.add(concept.id);
      return true;
    case 'condition':
      sets.conditions.add(concept.id as Condition);
      return true;
    case 'audience':
      if (concept.id === 'kids') sets.kids = true;
      else sets.genders.add(concept.id as Gender);
      return true;
    default:
      return false;
  }
}

/** Does a concept name something that products have, or are? */
export const isAttribute = (concept: Concept): boolean => addConcept(emptySets(), concept);

/** Does a concept say what a thing is like rather than what it is? */
export const isQuality = (concept: Concept): boolean =>
  isAttribute(concept) && concept.type !== 'kind' && concept.type !== 'group';

export function freeze(sets: AttributeSets): Attributes {
  return {
    ...NO_ATTRIBUTES,
    kinds: [...sets.kinds],
    groups: [...sets.groups],
    colors: [...sets.colors],
    materials: [...sets.materials],
    patterns: [...sets.patterns],
    sizes: [...sets.sizes],
    brands: [...sets.brands],
    genders: [...sets.genders],
    conditions: [...sets.conditions],
    kids: sets.kids,
  };
}
