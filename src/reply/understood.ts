import type { DialogOutcome, Language, PriceRange, StructuredQuery, Vocabulary } from '../domain';
import { formatList, formatMoney, type Translator } from './i18n';

/** What the bot understood, in a line, for who reads the conversation later; empty where there was nothing to understand. */
export function understoodIn(
  outcome: DialogOutcome,
  { vocabulary, translator }: { readonly vocabulary: Vocabulary; readonly translator: Translator },
): string {
  if (outcome.kind !== 'results') return '';
  return describeQuery(outcome.ranked.query, outcome.language, vocabulary, translator);
}

/** What a query is about, in a word of the catalogue; in the shopper's own where there is none. */
export function topicOf({ wanted, freeText }: StructuredQuery, language: Language, vocabulary: Vocabulary): string {
  const [kind] = wanted.kinds;
  if (kind !== undefined) return vocabulary.name('kind', kind, language);
  const [group] = wanted.groups;
  return group === undefined ? [...freeText].slice(0, 60).join('') : vocabulary.name('group', group, language);
}

/** Names what was understood ("backpacks: red, up to 50 €"); empty when there were only free words. */
export function describeQuery(
  query: StructuredQuery,
  language: Language,
  vocabulary: Vocabulary,
  translator: Translator,
): string {
  const { wanted, unwanted } = query;
  const names = (type: Parameters<Vocabulary['name']>[0], ids: readonly string[]) =>
    ids.map((id) => vocabulary.name(type, id, language));
  const details = [
    ...names('color', wanted.colors),
    ...names(
      'material',
      wanted.materials.filter((id) => !wanted.colors.includes(id)),
    ),
    ...names('pattern', wanted.patterns),
    ...names('audience', wanted.kids ? ['kids'] : wanted.genders),
    ...wanted.brands,
    ...wanted.sizes.map((size) => `${translator.text(language, 'constraint.size')} ${size}`),
    ...names('condition', wanted.conditions),
    ...(query.price ? [describePrice(query.price, language, translator)] : []),
    ...(query.inStockOnly ? [translator.text(language, 'constraint.inStock')] : []),
    ...(query.onSaleOnly ? [translator.text(language, 'constraint.onSale')] : []),
    ...(query.sort === 'relevance' ? [] : [translator.text(language, `sort.${query.sort}`)]),
    ...(query.freeText ? [`“${query.freeText.slice(0, 60)}”`] : []),
  ];
  const excluded = [
    ...names('kind', unwanted.kinds),
    ...names('color', unwanted.colors),
    ...names('material', unwanted.materials),
    ...names('pattern', unwanted.patterns),
    ...names('audience', unwanted.kids ? ['kids'] : unwanted.genders),
    ...unwanted.brands,
  ];
  if (excluded.length > 0) details.push(translator.text(language, 'without', { list: formatList(excluded, language) }));
  const things = [
    ...names('kind', wanted.kinds.slice(0, 1)),
    ...(wanted.kinds.length > 0 ? [] : names('group', wanted.groups)),
  ];
  const separator = language === 'zh' || language === 'ja' ? '、' : ', ';
  return [...things, ...details].filter(Boolean).join(separator);
}

/** Does what was understood begin with for whom it is: "for women, red"? */
export function beginsWithAudience({ wanted }: StructuredQuery): boolean {
  const { kinds, groups, colors, materials, patterns, genders, kids } = wanted;
  const before = [kinds, groups, colors, materials, patterns].some((each) => each.length > 0);
  return !before && (kids || genders.length > 0);
}

/** Names a range of prices ("up to 50 €"). */
export function describePrice(
  { min, max, below, said }: PriceRange,
  language: Language,
  translator: Translator,
): string {
  if (below) return translator.text(language, 'price.below', { max: formatMoney(below, language) });
  const range = (from: PriceRange) => {
    const low = from.min && formatMoney(from.min, language);
    const high = from.max && formatMoney(from.max, language);
    if (low && low === high) return translator.text(language, 'price.about', { amount: low });
    if (low && high) return translator.text(language, 'price.between', { min: low, max: high });
    return high
      ? translator.text(language, 'price.under', { max: high })
      : translator.text(language, 'price.over', { min: low });
  };
  const shop = range({ ...(min && { min }), ...(max && { max }) });
  return said ? translator.text(language, 'price.said', { said: range(said), shop }) : shop;
}
