import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, createApp } from '../../../src/app';
import { type Config, loadConfig } from '../../../src/config';
import { type Language, languageOf } from '../../../src/domain';
import { DEFAULT_WEIGHTS, type RankWeights } from '../../../src/retrieval';
import {
  type CatalogueGroups,
  catalogueGroups,
  groupBy,
  type Judgement,
  judgeQueries,
  ndcgAt,
  rankResults,
  readLabelledQueries,
} from '../../../src/training';
import { meanOf } from './scores';

/** Modalities that weights are chosen by; spoken queries have weights of their own, and histories change nothing here. */
const CHOSEN_BY = ['text', 'photo', 'text+photo', 'composed'];
/** Rounds over all weights, at most. */
const ROUNDS = 2;
/** A rise that is smaller is chance. */
const LEAST_RISE = 5e-4;

interface Asked {
  readonly modality: string;
  readonly text: string;
  readonly language: Language | undefined;
  readonly photo: Float32Array | undefined;
  readonly judgement: Judgement;
}

type Change = (weights: RankWeights, value: number) => RankWeights;

const fused =
  (name: 'words' | 'photo' | 'both'): Change =>
  (weights, value) => ({ ...weights, fused: { ...weights.fused, [name]: value } });
const beside =
  (name: keyof RankWeights['photo']['beside']): Change =>
  ({ photo, ...weights }, value) => ({ ...weights, photo: { ...photo, beside: { ...photo.beside, [name]: value } } });
const shareOf: Change = ({ photo, ...weights }, value) => ({ ...weights, photo: { ...photo, pictureShare: value } });

/** What is chosen, one after the other, and the values to choose from. */
const GRID: readonly (readonly [name: string, values: readonly number[], change: Change])[] = [
  ['beside similarity', [0, 0.15, 0.3, 0.6, 1], beside('similarity')],
  ['beside keyword', [0, 0.15, 0.3, 0.6, 1], beside('keyword')],
  ['beside constraints', [0.7, 1, 1.5, 2, 3], beside('constraints')],
  ['beside word', [0.3, 1, 2], beside('word')],
  ['fused both', [0, 1, 2, 4, 8], fused('both')],
  ['fused photo', [0, 2, 4, 8], fused('photo')],
  ['picture share', [0.45, 0.6, 0.75, 0.9], shareOf],
  ['fused words', [0, 0.5, 1, 2], fused('words')],
];

/**
 * Chooses what words and the fused vectors count in the search, beside a photo and without, one weight after the other, by the
 * mean nDCG@10 over modalities of queries that `fusion queries --split validation` wrote.
 */
export async function chooseFusedWeights(folder: string, dataDir: string, log: (line: string) => void): Promise<void> {
  const config = loadConfig({ DATA_DIR: dataDir });
  const app = createApp(config);
  try {
    const catalogue = catalogueGroups([...app.products.batches(1_000)].flat());
    const asked = await askedOf(app, folder, catalogue);
    let best = DEFAULT_WEIGHTS;
    let mean = 0;
    const attempt = async (weights: RankWeights, name: string) => {
      const means = await scored(app, config, weights, asked, catalogue);
      const all = meanOf(Object.values(means));
      log(`${name}: ${all.toFixed(4)} ${JSON.stringify(means)}`);
      if (all > mean + LEAST_RISE) [best, mean] = [weights, all];
    };
    await attempt(best, 'as they are');
    for (let round = 0; round < ROUNDS; round++) {
      const before = mean;
      for (const [name, values, change] of GRID)
        for (const value of values) await attempt(change(best, value), `${name} ${value}`);
      if (mean === before) break;
    }
    log(`chosen: ${JSON.stringify({ fused: best.fused, photo: best.photo })}`);
  } finally {
    await app.close();
  }
}

async function scored(
  { encoder, imageEncoder }: App,
  config: Config,
  weights: RankWeights,
  asked: readonly Asked[],
  catalogue: CatalogueGroups,
): Promise<Record<string, number>> {
  const app = createApp(config, { weights, ...(encoder && { encoder }), ...(imageEncoder && { imageEncoder }) });
  const found: { readonly modality: string; readonly ndcg: number }[] = [];
  try {
    for (const { modality, text, language, photo, judgement } of asked) {
      const options = { limit: 10, ...(language && { language }), ...(photo && { photo }) };
      const { results } = await app.search(text, options);
      const ranked = results.map(({ product, score }) => ({ id: product.id, score }));
      found.push({ modality, ndcg: ndcgAt(rankResults(ranked, judgement, catalogue), judgement, 10) });
    }
  } finally {
    await app.close();
  }
  const means = [...groupBy(found, ({ modality }) => modality)].map(([modality, own]): [string, number] => [
    modality,
    Number(meanOf(own.map(({ ndcg }) => ndcg)).toFixed(4)),
  ]);
  return Object.fromEntries(means);
}

async function askedOf(app: App, folder: string, catalogue: CatalogueGroups): Promise<Asked[]> {
  const labelled = readLabelledQueries(join(folder, 'queries.jsonl')).filter(
    ({ modality = '', history }) => CHOSEN_BY.includes(modality) && !history,
  );
  const asked: Asked[] = [];
  for (const { query, judgement } of judgeQueries(labelled, catalogue).judged) {
    const photo = query.photo === undefined ? undefined : await app.photoVector([readFileSync(query.photo)]);
    const { modality = '', text = '', lang } = query;
    asked.push({ modality, text, language: lang === undefined ? undefined : languageOf(lang), photo, judgement });
  }
  return asked;
}
