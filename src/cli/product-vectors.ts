import type { App } from '../app';
import type { Product } from '../domain';
import { DocumentVectors, documentOf, PictureVectors } from '../retrieval';

/** The vectors that the index holds of some products, in their order. */
export interface ProductVectors {
  readonly words: readonly (Float32Array | undefined)[];
  /** Of each product's pictures, the main one first; [] where it has none, or where there is no image encoder. */
  readonly pictures: readonly (readonly Float32Array[])[];
}

/** Reads them from the cache that indexing filled; what is missing there is encoded. */
export async function productVectors(app: App, products: readonly Product[]): Promise<ProductVectors> {
  return { words: await wordsOf(app, products), pictures: await picturesOf(app, products) };
}

async function wordsOf(app: App, products: readonly Product[]): Promise<(Float32Array | undefined)[]> {
  const { encoder, vectorCache, analyzer, tagger, config } = app;
  if (!encoder) return products.map(() => undefined);
  const vectors = new DocumentVectors(encoder, vectorCache);
  const tools = { analyzer, tagger, currency: config.CURRENCY };
  const found: Float32Array[] = [];
  for (let start = 0; start < products.length; start += vectors.batch) {
    const part = products.slice(start, start + vectors.batch);
    found.push(
      ...(await vectors.of(
        part.map((product) => documentOf(product, tools).textToEncode),
        undefined,
      )),
    );
  }
  return found;
}

async function picturesOf(app: App, products: readonly Product[]): Promise<Float32Array[][]> {
  const { imageEncoder, pictures, reader, vectorCache } = app;
  if (!imageEncoder) return products.map(() => []);
  const vectors = new PictureVectors({ pictures, reader, encoder: imageEncoder, cache: vectorCache });
  await vectors.encode();
  const stored = vectors.stored();
  const byProduct = new Map<string, Float32Array[]>();
  for (const [i, vector] of vectors.of(stored).entries()) {
    const id = stored[i]?.productId;
    if (!vector || id === undefined) continue;
    const known = byProduct.get(id);
    if (known) known.push(vector);
    else byProduct.set(id, [vector]);
  }
  return products.map(({ id }) => byProduct.get(id) ?? []);
}
