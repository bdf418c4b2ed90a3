import { join } from 'node:path';
import { type App, createApp } from '../../../src/app';
import { demoItems } from '../../../src/catalogue/demo/items';
import { SeededRandom } from '../../../src/catalogue/demo/random';
import { trainingCatalogue } from '../../../src/cli/training-items';
import { loadConfig, packageRoot } from '../../../src/config';
import { type Language, languageOf } from '../../../src/domain';
import { DEFAULT_WEIGHTS, type RankWeights } from '../../../src/retrieval';
import {
  catalogueGroups,
  type Draft,
  EvaluationRandom,
  type Judgement,
  judgementOf,
  ndcgAt,
  phraseMakers,
  QueryComposer,
  rankResults,
  readLabelledQueries,
  splitOf,
} from '../../../src/training';
import { photographed } from '../photos/scenes';

const EACH = 80;
/** Every so many of the validation queries of words. */
const TEXT_STEP = 3;
const GRID = {
  both: [0, 1, 2, 4, 8, 14],
  photo: [0, 1, 2, 4, 8],
  words: [0, 0.5, 1, 2, 4],
} as const;
const LOWS = [0.1, 0.3, 0.5] as const;

interface Asked {
  readonly set: string;
  readonly text: string;
  readonly language: Language | undefined;
  readonly photo: Float32Array | undefined;
  readonly judgement: Judgement;
}

/**
 * Chooses what the fused vectors count, on queries of validation items in other scenes and on validation queries of words,
 * one weight after the other, over the demo catalogue in a data directory ("vitrine --data-dir FOLDER demo" makes it).
 */
export async function chooseFusedWeights(dataDir: string, log: (line: string) => void): Promise<void> {
  const config = loadConfig({ DATA_DIR: dataDir });
  const app = createApp(config);
  try {
    const catalogue = catalogueGroups([...app.products.batches(1_000)].flat());
    const asked = [...(await drawn(app)), ...said(app)];
    const score = async (fused: RankWeights['fused']) => {
      const weights = { ...DEFAULT_WEIGHTS, fused };
      const other = createApp(config, {
        weights,
        ...(app.encoder && { encoder: app.encoder }),
        ...(app.imageEncoder && { imageEncoder: app.imageEncoder }),
      });
      const sums = new Map<string, number[]>();
      try {
        for (const { set, text, language, photo, judgement } of asked) {
          const { results } = await other.search(text, {
            limit: 10,
            ...(language && { language }),
            ...(photo && { photo }),
          });
          const ranked = rankResults(
            results.map(({ product, score: value }) => ({ id: product.id, score: value })),
            judgement,
            catalogue,
          );
          sums.set(set, [...(sums.get(set) ?? []), ndcgAt(ranked, judgement, 10)]);
        }
      } finally {
        await other.close();
      }
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const means = Object.fromEntries([...sums].map(([set, values]) => [set, Number(mean(values).toFixed(4))]));
      return { means, mean: mean(Object.values(means)) };
    };
    let best = DEFAULT_WEIGHTS.fused;
    let found = await score(best);
    log(`as they are: ${JSON.stringify(found.means)}`);
    const attempt = async (fused: RankWeights['fused'], name: string) => {
      const scored = await score(fused);
      log(`${name}: ${scored.mean.toFixed(4)} ${JSON.stringify(scored.means)}`);
      if (scored.mean > found.mean + 1e-4) [best, found] = [fused, scored];
    };
    for (const [name, values] of Object.entries(GRID))
      for (const value of values) await attempt({ ...best, [name]: value }, `${name} ${value}`);
    for (const low of LOWS) await attempt({ ...best, cosine: { ...best.cosine, low } }, `cosine from ${low}`);
    log(`chosen: ${JSON.stringify(best)}`);
  } finally {
    await app.close();
  }
}

/** Photos, and photos with words, of items that training left out. */
async function drawn(app: App): Promise<Asked[]> {
  const { items } = await trainingCatalogue(app);
  const random = new EvaluationRandom('fused weights');
  const composer = new QueryComposer(items, phraseMakers(app.lexicons, app.config.LOCALES_DIR, random), random);
  const numbers = [...items.keys()].filter((number) => splitOf(items[number]?.group ?? '') === 'validation');
  const looks = new Map(
    demoItems().flatMap((item) =>
      item.variants.map(({ id, color }) => [id, { drawing: item.kind.drawing, color, pattern: item.pattern }] as const),
    ),
  );
  const scenes = new SeededRandom('fused weights');
  const asked: Asked[] = [];
  const catalogue = catalogueGroups(items.map(({ product }) => product));
  for (const type of ['photo', 'text+photo', 'composed'] as const) {
    const drafts: Draft[] = [];
    while (drafts.length < EACH) {
      const draft = composer.draw(type, numbers[random.below(numbers.length)] ?? 0);
      if (draft) drafts.push(draft);
    }
    for (const { text, language, photoOf, relevant } of drafts) {
      const look = looks.get(items[photoOf ?? -1]?.product.id ?? '');
      if (!look) continue;
      const photo = await app.photoVector([await photographed(look, scenes)]);
      const gains = new Map([...relevant].map(([number, gain]) => [items[number]?.product.id ?? '', gain]));
      asked.push({ set: type, text, language, photo, judgement: judgementOf(gains, catalogue) });
    }
  }
  return asked;
}

function said(app: App): Asked[] {
  const catalogue = catalogueGroups([...app.products.batches(1_000)].flat());
  const file = join(packageRoot(), 'test', 'fixtures', 'queries', 'validation.jsonl');
  return readLabelledQueries(file)
    .filter((_, i) => i % TEXT_STEP === 0)
    .map(({ text = '', lang, relevant }) => ({
      set: 'text',
      text,
      language: languageOf(lang),
      photo: undefined,
      judgement: judgementOf(relevant, catalogue),
    }));
}
