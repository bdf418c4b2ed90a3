import { groupOf, type Product } from '../../domain';
import type { SearchResult } from './metrics';
import { queryKey } from './queries';
import { EvaluationRandom, type Seed } from './random';
import type { EvaluatedSystem } from './report';
import { wordsOf } from './words';

const K1 = 1.2;
const B = 0.75;

export const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Keeps the first product of each group, at most `k`; `results` are best first. */
export function onePerGroup(
  results: Iterable<{ readonly product: Product; readonly score: number }>,
  k: number,
): SearchResult[] {
  const seen = new Set<string>();
  const kept: SearchResult[] = [];
  for (const { product, score } of results) {
    if (kept.length >= k) break;
    const group = groupOf(product);
    if (seen.has(group)) continue;
    seen.add(group);
    kept.push({ id: product.id, score });
  }
  return kept;
}

/** Any products in any order, one a group; the same for the same seed and query. The floor that any system must beat. */
export function randomSystem(products: readonly Product[], seed: Seed): EvaluatedSystem {
  return {
    name: 'random',
    async search(query, k) {
      const random = new EvaluationRandom(`${seed}/${queryKey(query)}`);
      const drawn = products.map((product) => ({ product, score: random.next() }));
      drawn.sort((a, b) => b.score - a.score || byCodeUnits(a.product.id, b.product.id));
      return { results: onePerGroup(drawn, k) };
    },
  };
}

/** All that a product says, in every language. */
function wordsOfProduct(product: Product): string[] {
  const texts = [product, ...Object.values(product.texts)].flatMap(({ title, description }) => [title, description]);
  return texts.flatMap((text) => (text === undefined ? [] : wordsOf(text)));
}

/**
 * Plain BM25 (Robertson et al. 1994; k1 1.2, b 0.75; idf = ln(1 + (N − df + 0.5) / (df + 0.5)) as in Lucene) over titles
 * and descriptions in all languages of a product: no stems, no fields, no filters. A word said twice counts twice. One
 * product a group, the best; equal scores in the order of ids. A query without text finds nothing.
 */
export function bm25System(products: readonly Product[]): EvaluatedSystem {
  const postings = new Map<string, Map<number, number>>();
  const lengths = products.map((product, document) => {
    const words = wordsOfProduct(product);
    for (const word of words) {
      const found = postings.get(word) ?? new Map<number, number>();
      found.set(document, (found.get(document) ?? 0) + 1);
      postings.set(word, found);
    }
    return words.length;
  });
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);

  return {
    name: 'bm25',
    async search(query, k) {
      const scores = new Map<number, number>();
      for (const word of wordsOf(query.text ?? '')) {
        const found = postings.get(word);
        if (!found) continue;
        const idf = Math.log(1 + (products.length - found.size + 0.5) / (found.size + 0.5));
        for (const [document, times] of found) {
          const length = (lengths[document] ?? 0) / meanLength;
          const gain = (idf * times * (K1 + 1)) / (times + K1 * (1 - B + B * length));
          scores.set(document, (scores.get(document) ?? 0) + gain);
        }
      }
      const ranked = [...scores].flatMap(([document, score]) => {
        const product = products[document];
        return product ? [{ product, score }] : [];
      });
      ranked.sort((a, b) => b.score - a.score || byCodeUnits(a.product.id, b.product.id));
      return { results: onePerGroup(ranked, k) };
    },
  };
}
