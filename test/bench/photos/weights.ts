import { readFileSync } from 'node:fs';
import { type App, createApp } from '../../../src/app';
import { DEFAULT_WEIGHTS, type RankWeights } from '../../../src/retrieval';
import { groceryPhotos, groceryProducts, photoFolder } from './data';
import { productOf, withShop } from './shops';

/** The values that are tried for each weight of a photo. */
const GRID = {
  pictureShare: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
} as const;

interface Asked {
  readonly vector: Float32Array;
  readonly wanted: string;
}

/**
 * Chooses how much pictures and words count for a photo on the grocery validation photos: the mean of recall at 1 and 5.
 */
export async function choosePhotoWeights(log: (line: string) => void): Promise<void> {
  const folder = photoFolder();
  const groceries = groceryProducts(folder);
  const products = groceries.map(({ id, name, coarse, description }) =>
    productOf({ id, title: name, productType: coarse, description, language: 'en', imageLink: `${id}.jpg` }),
  );
  const pictures = Object.fromEntries(groceries.map(({ id, picture }) => [id, picture]));
  await withShop(products, pictures, async (app) => {
    const asked: Asked[] = [];
    for (const { file, label } of groceryPhotos(folder)) {
      const vector = await app.photoVector([readFileSync(file)]);
      if (vector) asked.push({ vector, wanted: label });
    }
    for (const pictureShare of GRID.pictureShare) {
      const photo = { ...DEFAULT_WEIGHTS.photo, pictureShare };
      const { first, five } = await score(app, asked, { ...DEFAULT_WEIGHTS, photo });
      log(`pictureShare ${pictureShare}: first ${first.toFixed(3)}, first five ${five.toFixed(3)}`);
    }
  });
}

async function score(app: App, asked: readonly Asked[], weights: RankWeights) {
  const other = createApp(app.config, {
    weights,
    ...(app.encoder && { encoder: app.encoder }),
    ...(app.imageEncoder && { imageEncoder: app.imageEncoder }),
  });
  try {
    const places: number[] = [];
    for (const { vector, wanted } of asked) {
      const { results } = await other.search('', { limit: 5, photo: vector });
      places.push(results.findIndex(({ product }) => product.id === wanted));
    }
    const share = (fits: (place: number) => boolean) => places.filter(fits).length / places.length;
    return { first: share((place) => place === 0), five: share((place) => place >= 0) };
  } finally {
    await other.close();
  }
}
