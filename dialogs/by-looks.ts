import type { FlowResult, Turn } from '../src/dialog';
import type { StructuredQuery } from '../src/domain';
import { refineByPhoto } from './photo-search';
import { refineByWords } from './refine-words';

/**
 * The state in which what is searched for has what a product was picked by: after "the blue one", "below 10" is about blue ones.
 * What was shown stays.
 */
export async function withLooks(turn: Turn): Promise<Turn['state']> {
  const { state, message, language, say } = turn;
  const { wanted } = await turn.parse(message.text, language);
  const words = [
    ...wanted.colors.map((id) => say('color', id, language)),
    ...wanted.materials.map((id) => say('material', id, language)),
    ...wanted.patterns.map((id) => say('pattern', id, language)),
    ...wanted.sizes.map((id) => say('size', id, language)),
    ...wanted.brands,
    ...(wanted.kids ? [say('audience', 'kids', language)] : wanted.genders.map((id) => say('audience', id, language))),
  ];
  if (words.length === 0) return state;
  const query: StructuredQuery = await turn.parse(words.join(' '), language);
  const refined: FlowResult | undefined = (await refineByPhoto(turn, query)) ?? (await refineByWords(turn, query));
  const { lastSearch } = refined?.state ?? {};
  return refined?.outcome.kind === 'results' && lastSearch ? { ...state, lastSearch } : state;
}
