import type { Product } from '../../src/domain';
import {
  type CatalogueGroups,
  catalogueGroups,
  type EvaluatedSystem,
  type Judgement,
  judgementOf,
  type LabelledQuery,
  type QueryPairs,
} from '../../src/training';

export function product(id: string, more: Partial<Product> = {}): Product {
  return { id, title: id, additionalImageLinks: [], reviews: [], texts: {}, ...more };
}

export function query(text: string, relevant: Record<string, number>, lang = 'en'): LabelledQuery {
  return { text, lang, modality: 'text', relevant: new Map(Object.entries(relevant)) };
}

/** A catalogue of products that are their own groups, unless written `variant/group`. */
export function catalogue(...ids: string[]): CatalogueGroups {
  return catalogueGroups(
    ids.map((written) => {
      const [id = '', group] = written.split('/');
      return product(id, group === undefined ? {} : { itemGroupId: group });
    }),
  );
}

export const labels = (gains: Record<string, number>, groups: CatalogueGroups): Judgement =>
  judgementOf(new Map(Object.entries(gains)), groups);

/** Results in the order of `ids`, scores falling from their number to 1. */
export const inOrder = (...ids: string[]) => ids.map((id, i) => ({ id, score: ids.length - i }));

/** Pairs of one query: relevant scores, irrelevant scores, and how many of both were not returned. */
export function pairsOf(relevant: number[], irrelevant: number[], missed = 0, notReturned = 0): QueryPairs {
  return {
    ranked: [
      ...relevant.map((score) => ({ score, gain: 1, judged: true })),
      ...irrelevant.map((score) => ({ score, gain: 0, judged: false })),
    ],
    relevant: relevant.length + missed,
    irrelevant: irrelevant.length + notReturned,
  };
}

/** A system that knows its answers by the text of the query, and throws for others. */
export function scripted(name: string, answers: Record<string, { id: string; score: number }[]>): EvaluatedSystem {
  return {
    name,
    async search({ text = '' }) {
      const results = answers[text];
      if (!results) throw new Error(`${name} was asked "${text}"`);
      return { results, timings: { index: 2 } };
    },
  };
}
