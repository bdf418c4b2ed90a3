import { BooleanQuery, MatchQuery, Occur } from '@lancedb/lancedb';
import { type StructuredQuery, type TextAnalyzer, TypoIndex } from '../domain';
import { attributeToken } from './document';
import type { CatalogueWords } from './facts';

/** How much a match of each attribute's token counts in the keyword leg, beside its rarity. */
const ATTRIBUTE_BOOSTS = { kind: 3, group: 2, color: 1.5, material: 1.5, pattern: 1.5, size: 1, brand: 2, gender: 0.5 };
const FREE_WORD_BOOST = 2;
const EXPLAINED_WORD_BOOST = 0.4;
const CORRECTED_SHARE = 0.7;
const MOST_WORDS = 24;
const MOST_CORRECTIONS = 3;
/** Words that the correction looks through, most used first. */
const MOST_CORRECTABLE = 50_000;

/** One word of a query and the index tokens that stand for it. */
export interface QueryWord {
  readonly surface: string;
  readonly tokens: readonly string[];
  /** True for a word that no attribute explains. */
  readonly free: boolean;
  /** True when the catalogue doesn't have the word, so that its neighbours stand for it. */
  readonly corrected: boolean;
}

const typoIndexes = new WeakMap<CatalogueWords, TypoIndex>();

function typosOf(words: CatalogueWords): TypoIndex {
  let index = typoIndexes.get(words);
  if (!index) {
    index = new TypoIndex();
    const common = [...words.words].sort((a, b) => b[1] - a[1]).slice(0, MOST_CORRECTABLE);
    for (const [word] of common) index.add(word);
    typoIndexes.set(words, index);
  }
  return index;
}

/** The words that the keyword leg looks for; a word unknown to the catalogue is joined by those one letter away. */
export function queryWords(query: StructuredQuery, analyzer: TextAnalyzer, words: CatalogueWords): QueryWord[] {
  const free = new Set(analyzer.analyse(query.freeText, query.language).map((word) => word.surface));
  const found = new Map<string, QueryWord>();
  for (const { surface, tokens } of analyzer.analyse(query.keywords, query.language)) {
    if (found.size >= MOST_WORDS) break;
    const [folded] = tokens;
    // A lone letter or digit of a European text finds too much and says too little.
    if (folded === undefined || found.has(folded) || /^[\p{Script=Latin}\p{Script=Cyrillic}\d]$/u.test(folded))
      continue;
    const isFree = free.has(surface);
    const near = isFree && !words.words.has(folded) ? typosOf(words).near(folded).slice(0, MOST_CORRECTIONS) : [];
    found.set(folded, { surface, tokens: [...tokens, ...near], free: isFree, corrected: near.length > 0 });
  }
  return [...found.values()];
}

/** The full-text query: attributes by their tokens, words by their forms; undefined when there is nothing to look for. */
export function keywordQuery(query: StructuredQuery, words: readonly QueryWord[]): BooleanQuery | undefined {
  const clauses: [string, number][] = [];
  const { wanted } = query;
  const add = (name: keyof typeof ATTRIBUTE_BOOSTS, ids: readonly string[]) => {
    for (const id of ids) clauses.push([attributeToken(name, id), ATTRIBUTE_BOOSTS[name]]);
  };
  add('kind', wanted.kinds);
  add('group', wanted.groups);
  add('color', wanted.colors);
  add('material', wanted.materials);
  add('pattern', wanted.patterns);
  add('size', wanted.sizes);
  add('brand', wanted.brands);
  add('gender', wanted.genders);
  if (wanted.kids) clauses.push([attributeToken('audience', 'kids'), ATTRIBUTE_BOOSTS.gender]);
  for (const word of words) {
    const boost = (word.free ? FREE_WORD_BOOST : EXPLAINED_WORD_BOOST) * (word.corrected ? CORRECTED_SHARE : 1);
    clauses.push([word.tokens.join(' '), boost]);
  }
  if (clauses.length === 0) return undefined;
  return new BooleanQuery(
    clauses.map(([text, boost]) => [Occur.Should, new MatchQuery(text, 'words', { boost })] as [Occur, MatchQuery]),
  );
}
