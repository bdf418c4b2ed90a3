import { type App, createApp } from '../../src/app';
import type { TextEncoder } from '../../src/domain';
import { languageOf } from '../../src/domain';
import { DEFAULT_WEIGHTS, type RankWeights } from '../../src/retrieval';
import {
  type CatalogueGroups,
  catalogueGroups,
  type JudgedQuery,
  judgeQueries,
  type LabelledQuery,
  ndcgAt,
  rankResults,
} from '../../src/training';

/** The values that are tried for each weight of the vectors' leg. */
const GRID = {
  similarity: [0.5, 1, 1.5, 2, 3],
  similarityAlone: [2, 4, 6, 9, 14],
  leastSimilarity: [0.2, 0.3, 0.4, 0.5, 0.6],
  nearShare: [0.4, 0.5, 0.6, 0.7, 0.8],
} as const;

/** Answers from memory what it was asked before: the same queries are searched again under every setting. */
class RememberingEncoder implements TextEncoder {
  readonly id;
  readonly space;
  readonly dimensions;
  readonly maxBatch;
  readonly parallel;
  private readonly known = new Map<string, Float32Array>();

  constructor(private readonly encoder: TextEncoder) {
    ({ id: this.id, space: this.space, dimensions: this.dimensions } = encoder);
    ({ maxBatch: this.maxBatch, parallel: this.parallel } = encoder);
  }

  async encode(texts: readonly string[], options: Parameters<TextEncoder['encode']>[1]): Promise<Float32Array[]> {
    const [text = ''] = texts;
    if (texts.length !== 1) return this.encoder.encode(texts, options);
    const vector = this.known.get(text) ?? (await this.encoder.encode(texts, options))[0] ?? new Float32Array();
    this.known.set(text, vector);
    return [vector];
  }
}

/**
 * Chooses the weights of the vectors' leg on validation queries, one weight after the other, twice round. The sets count
 * alike: composed queries keep what words do well, described ones need meaning.
 */
export async function chooseWeights(
  app: App,
  sets: Readonly<Record<string, readonly LabelledQuery[]>>,
  log: (line: string) => void,
): Promise<RankWeights> {
  const catalogue = catalogueGroups([...app.products.batches(1_000)].flat());
  const judged = Object.entries(sets).map(
    ([name, queries]) => [name, judgeQueries(queries, catalogue).judged] as const,
  );
  if (!app.encoder) throw new Error('no encoder: nothing to weigh');
  const encoder = new RememberingEncoder(app.encoder);
  const score = async (weights: RankWeights) => {
    const other = createApp(app.config, { encoder, weights });
    try {
      const means: Record<string, number> = {};
      for (const [name, queries] of judged) means[name] = await meanNdcg(other, queries, catalogue);
      return { means, mean: Object.values(means).reduce((sum, value) => sum + value, 0) / judged.length };
    } finally {
      await other.close();
    }
  };
  let best = DEFAULT_WEIGHTS;
  let found = await score(best);
  log(`as they are: ${JSON.stringify(found.means)}`);
  for (let round = 0; round < 2; round++) {
    for (const [name, values] of Object.entries(GRID)) {
      for (const value of values) {
        const weights = { ...best, [name]: value };
        const scored = await score(weights);
        log(`${name} ${value}: ${scored.mean.toFixed(4)} ${JSON.stringify(scored.means)}`);
        if (scored.mean > found.mean + 1e-4) [best, found] = [weights, scored];
      }
    }
  }
  return best;
}

async function meanNdcg(app: App, queries: readonly JudgedQuery[], catalogue: CatalogueGroups): Promise<number> {
  let sum = 0;
  for (const { query, judgement } of queries) {
    const language = languageOf(query.lang);
    const { results } = await app.search(query.text ?? '', { limit: 10, ...(language && { language }) });
    const ranked = rankResults(
      results.map(({ product, score }) => ({ id: product.id, score })),
      judgement,
      catalogue,
    );
    sum += ndcgAt(ranked, judgement, 10) ?? 0;
  }
  return sum / queries.length;
}
