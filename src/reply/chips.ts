import {
  type DialogOutcome,
  type HeldConstraint,
  heldIn,
  type Language,
  NO_ATTRIBUTES,
  notOf,
  type StructuredQuery,
  type Suggestion,
  textIn,
  type Vocabulary,
} from '../domain';
import type { Translator } from './i18n';
import { describeQuery } from './understood';

interface ChipTools {
  readonly translator: Translator;
  readonly vocabulary: Vocabulary;
}

/** Chips of what can be taken back, at most. */
const MOST_CHIPS = 4;

/** What constrains a query beside its kind, each as a suggestion that takes it back; what was said last comes first. */
export function chips(
  query: StructuredQuery,
  held: readonly HeldConstraint[] = heldIn(query),
  language: Language,
  { translator, vocabulary }: ChipTools,
): Suggestion[] {
  return held.slice(0, MOST_CHIPS).map((one) => {
    const name = describeQuery(only(query, one), language, vocabulary, translator);
    const not = notOf(one);
    const value =
      not === undefined
        ? translator.text(language, `chip.free.${one.facet}`)
        : translator.text(language, 'chip.allow', { name: refusedName(one.facet, not, language, vocabulary) });
    return {
      title: translator.text(language, 'chip.title', { name }),
      value,
      label: translator.text(language, 'chip.label', { name }),
    };
  });
}

/** What results are like, and whether they have what was to be otherwise. */
export function likeLine(
  { product, change, found }: NonNullable<Extract<DialogOutcome, { kind: 'results' }>['like']>,
  language: Language,
  { translator, vocabulary }: ChipTools,
): string {
  const { title } = textIn(product, language);
  return translator.text(language, `alike.${found}`, {
    title,
    change: describeQuery(change, language, vocabulary, translator),
  });
}

function refusedName(facet: HeldConstraint['facet'], id: string, language: Language, vocabulary: Vocabulary): string {
  switch (facet) {
    case 'kind':
    case 'color':
    case 'material':
    case 'pattern':
    case 'audience':
      return vocabulary.name(facet, id, language);
    default:
      return id;
  }
}

/** A query that asks for nothing but one constraint of another. */
function only({ wanted, unwanted, price, ...query }: StructuredQuery, held: HeldConstraint): StructuredQuery {
  const not = notOf(held);
  const is = (facet: HeldConstraint['facet']) => not === undefined && held.facet === facet;
  const kept = (facet: HeldConstraint['facet'], ids: readonly string[]) =>
    held.facet === facet ? ids.filter((id) => id === not) : [];
  return {
    ...query,
    freeText: '',
    wanted: {
      ...NO_ATTRIBUTES,
      ...(is('color') && { colors: wanted.colors }),
      ...(is('material') && { materials: wanted.materials.filter((id) => !wanted.colors.includes(id)) }),
      ...(is('pattern') && { patterns: wanted.patterns }),
      ...(is('size') && { sizes: wanted.sizes }),
      ...(is('brand') && { brands: wanted.brands }),
      ...(is('condition') && { conditions: wanted.conditions }),
      ...(is('audience') && { genders: wanted.genders, kids: wanted.kids }),
    },
    unwanted: {
      ...NO_ATTRIBUTES,
      kinds: kept('kind', unwanted.kinds),
      colors: kept('color', unwanted.colors),
      materials: kept('material', unwanted.materials),
      patterns: kept('pattern', unwanted.patterns),
      brands: kept('brand', unwanted.brands),
      kids: held.facet === 'audience' && not === 'kids',
      genders: unwanted.genders.filter((id) => held.facet === 'audience' && id === not),
    },
    ...(is('price') && price && { price }),
    inStockOnly: is('inStock'),
    onSaleOnly: is('onSale'),
    sort: is('sort') ? query.sort : 'relevance',
  };
}
