import type { FlowResult, RememberedPhoto, Turn } from '../src/dialog';
import type { StructuredQuery } from '../src/domain';

/** The first page of what is like a photo, under the words of a query. */
export async function searchByPhoto(
  { language, state, search }: Turn,
  query: StructuredQuery,
  text: string,
  remembered: RememberedPhoto,
): Promise<FlowResult> {
  const answer = text.trim() === '' ? language : query.language;
  const ranked = await search(query, 0, remembered);
  if (ranked.results.length === 0)
    return {
      outcome: { kind: 'photoFault', language: answer, fault: 'nothing' },
      state: { ...state, language: answer },
    };
  return {
    outcome: { kind: 'results', language: answer, ranked, continued: false, photo: remembered.seen },
    state: {
      ...state,
      language: answer,
      lastSearch: { text, language: answer, shown: ranked.results.length, photo: remembered },
    },
  };
}

/** "In blue", "cheaper than 40": words that name nothing to look for, only what it should be like. */
export function refines({
  wanted,
  unwanted,
  price,
  freeText,
  sort,
  inStockOnly,
  onSaleOnly,
}: StructuredQuery): boolean {
  const { kinds, groups, ...attributes } = wanted;
  if (kinds.length > 0 || groups.length > 0 || freeText.trim() !== '') return false;
  const said = [...Object.values(attributes), ...Object.values(unwanted)];
  return (
    price !== undefined ||
    sort !== 'relevance' ||
    inStockOnly ||
    onSaleOnly ||
    said.some((value) => (Array.isArray(value) ? value.length > 0 : value === true))
  );
}
