import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../../../src/app';
import { loadConfig } from '../../../src/config';
import type { Product } from '../../../src/domain';
import type { LabelledPhoto } from './data';

/** A product with what a measurement doesn't care about filled in. */
export const productOf = (fields: Partial<Product> & Pick<Product, 'id' | 'title'>): Product => ({
  additionalImageLinks: [],
  reviews: [],
  texts: {},
  ...fields,
});

/** An app on a throwaway data directory with these products; `pictures` are files by product id. Indexed. */
export async function withShop<T>(
  products: readonly Product[],
  pictures: Readonly<Record<string, string>>,
  action: (app: App) => Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'vitrine-photos-'));
  const app = createApp(loadConfig({ DATA_DIR: join(dir, 'data') }));
  try {
    if (!app.imageEncoder) throw new Error('MODELS names no image encoder: there is nothing to measure');
    app.products.upsert(products);
    for (let tasks = app.pictures.pending(500); tasks.length > 0; tasks = app.pictures.pending(500)) {
      for (const task of tasks) {
        const picture = pictures[task.productId];
        if (picture === undefined) app.pictures.fail(task, 'no picture');
        else await app.pictures.put(task, await app.normaliser.normalise(readFileSync(picture)));
      }
    }
    await app.indexer.sync();
    return await action(app);
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Share of photos whose own product is among the first 1 and 5 results. */
export async function recallOf(
  app: App,
  photos: readonly LabelledPhoto[],
  productOf: (label: string) => string | undefined,
): Promise<{ readonly photos: number; readonly first: number; readonly five: number }> {
  let [asked, first, five] = [0, 0, 0];
  for (const { file, label } of photos) {
    const wanted = productOf(label);
    if (wanted === undefined) continue;
    const photo = await app.photoVector([readFileSync(file)]);
    const { results } = await app.search('', { limit: 5, ...(photo && { photo }) });
    const place = results.findIndex(({ product }) => product.id === wanted);
    asked += 1;
    if (place === 0) first += 1;
    if (place >= 0) five += 1;
  }
  return { photos: asked, first: first / asked, five: five / asked };
}
