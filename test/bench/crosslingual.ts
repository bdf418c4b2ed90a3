import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app';
import { writeDemoFeed } from '../../src/catalogue/demo/feed';
import { demoItems } from '../../src/catalogue/demo/items';
import { SeededRandom } from '../../src/catalogue/demo/random';
import { DemoWriter } from '../../src/catalogue/demo/texts';
import { withFeed } from '../../src/cli/eval';
import { loadConfig } from '../../src/config';
import { groupOf, LANGUAGES, type Language, type Product, type TextEncoder } from '../../src/domain';
import { documentOf } from '../../src/retrieval';
import { catalogueGroups, judgeQueries, type LabelledQuery, ndcgAt, rankResults } from '../../src/training';
import { grade, type Want } from '../queries/grade';

const WANTS = 150;

/** The same wants in every language: what the demo's titles say of them, without maker, model and size. */
export function parallelQueries(localesDir: string, language: Language): LabelledQuery[] {
  const writer = DemoWriter.load(localesDir, language);
  const items = demoItems();
  const random = new SeededRandom('parallel');
  const chosen = random.sample(
    items.flatMap((item) => item.variants.filter(({ size }) => size === '').map((variant) => ({ item, variant }))),
    WANTS,
  );
  return chosen.map(({ item, variant }) => {
    const want: Want = {
      kinds: [item.kind.id],
      colors: [variant.color],
      materials: item.material ? [item.material] : [],
      patterns: item.pattern === 'plain' ? [] : [item.pattern],
      ...(item.audience && { audience: item.audience }),
    };
    const text = writer.title(item, variant).split(' ').slice(2).join(' ');
    const { relevant } = grade({ text, lang: language, want }, items);
    return { text, lang: language, modality: 'text' as const, relevant: new Map(Object.entries(relevant)) };
  });
}

/** nDCG@10 of each language's queries over a feed that is in English only, with everything and with vectors alone. */
export async function benchCrosslingual(log: (line: string) => void): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-english-'));
  const config = loadConfig({ DATA_DIR: join(folder, 'data') });
  try {
    const { feed } = await writeDemoFeed({ localesDir: config.LOCALES_DIR, folder, withoutPictures: true });
    const products = await withFeed(feed, async (_, all) => all.map((product): Product => ({ ...product, texts: {} })));
    const app = createApp(config);
    try {
      if (!app.encoder) throw new Error('MODELS names no encoder: there is nothing to measure');
      app.products.upsert(products);
      await app.indexer.sync();
      const catalogue = catalogueGroups(products);
      const alone = await vectorsAlone(
        app.encoder,
        products,
        (product) =>
          documentOf(product, { analyzer: app.analyzer, tagger: app.tagger, currency: config.CURRENCY }).textToEncode,
      );
      const means: Record<string, { whole: number; vectors: number }> = {};
      for (const language of LANGUAGES) {
        const { judged } = judgeQueries(parallelQueries(config.LOCALES_DIR, language), catalogue);
        const sums = { whole: 0, vectors: 0 };
        for (const { query, judgement } of judged) {
          const text = query.text ?? '';
          const { results } = await app.search(text, { limit: 10, language });
          const whole = results.map(({ product, score }) => ({ id: product.id, score }));
          sums.whole += ndcgAt(rankResults(whole, judgement, catalogue), judgement, 10) ?? 0;
          sums.vectors += ndcgAt(rankResults(await alone(text, language), judgement, catalogue), judgement, 10) ?? 0;
        }
        means[language] = { whole: sums.whole / judged.length, vectors: sums.vectors / judged.length };
      }
      const english = means.en ?? { whole: 0, vectors: 0 };
      for (const [language, { whole, vectors }] of Object.entries(means)) {
        const share = (value: number, of: number) => `${((100 * value) / of).toFixed(0)} %`;
        log(
          `${language}  whole search ${whole.toFixed(3)} (${share(whole, english.whole)} of English)   ` +
            `vectors alone ${vectors.toFixed(3)} (${share(vectors, english.vectors)})`,
        );
      }
      return Object.fromEntries(Object.entries(means).map(([language, { whole }]) => [language, whole]));
    } finally {
      await app.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ranks by the cosine of vectors and nothing else, one product a group. */
async function vectorsAlone(
  encoder: TextEncoder,
  products: readonly Product[],
  textOf: (product: Product) => string,
): Promise<(text: string, language: Language) => Promise<{ id: string; score: number }[]>> {
  const vectors: Float32Array[] = [];
  for (let start = 0; start < products.length; start += encoder.maxBatch) {
    const texts = products.slice(start, start + encoder.maxBatch).map(textOf);
    vectors.push(...(await encoder.encode(texts, { role: 'document' })));
  }
  return async (text, language) => {
    const [query] = await encoder.encode([text], { role: 'query', language });
    const scored = products.map((product, i) => ({ product, score: dot(query, vectors[i]) }));
    const seen = new Set<string>();
    return scored
      .sort((a, b) => b.score - a.score)
      .filter(({ product }) => !seen.has(groupOf(product)) && seen.add(groupOf(product)))
      .slice(0, 10)
      .map(({ product, score }) => ({ id: product.id, score }));
  };
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < (a?.length ?? 0); i++) sum += (a?.[i] ?? 0) * (b?.[i] ?? 0);
  return sum;
}
