import type { App } from '../app';
import { type Product, type TextEncoder, VitrineError } from '../domain';
import { AttributeVectors } from '../fusion';
import { DocumentVectors, documentOf } from '../retrieval';
import { itemOf, type TrainingItem } from '../training';

/** What training needs of an app's catalogue. */
export interface TrainingCatalogue {
  readonly items: readonly TrainingItem[];
  readonly encoder: TextEncoder;
  readonly attributeVectors: AttributeVectors;
}

/**
 * The products of an app with the vectors that its index has of them; what was encoded before comes from the cache. Throws
 * INDEX_MISSING for an empty catalogue and TRAINING_FAILED where there is no text encoder.
 */
export async function trainingCatalogue(app: App, signal?: AbortSignal): Promise<TrainingCatalogue> {
  const { encoder } = app;
  if (!encoder) throw new VitrineError('TRAINING_FAILED', 'MODELS=none: there are no vectors to fuse');
  const products = [...app.products.batches(1_000)].flat();
  if (products.length === 0) throw new VitrineError('INDEX_MISSING', 'there are no products to learn from');
  const { currency } = await app.retriever.facts();
  const tools = { analyzer: app.analyzer, tagger: app.tagger, currency };
  const documents = new DocumentVectors(encoder, app.vectorCache);
  const attributeVectors = new AttributeVectors(encoder, app.vocabulary);
  const pictures = pictureVectorsOf(app);
  const items: TrainingItem[] = [];
  for (let start = 0; start < products.length; start += encoder.maxBatch) {
    const batch = products.slice(start, start + encoder.maxBatch);
    const texts = batch.map((product) => documentOf(product, tools).textToEncode);
    const words = await documents.of(texts, signal);
    const attributes = batch.map((product) => app.tagger.tag(product));
    const vectors = await attributeVectors.of(attributes, signal);
    for (const [i, product] of batch.entries())
      items.push(itemWith(product, attributes[i], words[i], vectors[i], pictures.get(product.id)));
  }
  documents.save();
  return { items, encoder, attributeVectors };
}

function itemWith(
  product: Product,
  attributes: TrainingItem['attributes'] | undefined,
  words: Float32Array | undefined,
  attributeVector: Float32Array | undefined,
  picture: Float32Array | undefined,
): TrainingItem {
  if (!attributes || !words) throw new VitrineError('ENCODER_FAILED', 'a product has no vector');
  return itemOf(product, attributes, {
    words,
    ...(picture && { picture }),
    ...(attributeVector && { attributeVector }),
  });
}

/** The vector of each product's first picture, where texts and pictures share a space. */
function pictureVectorsOf({ pictureVectors, encoder }: App): ReadonlyMap<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  if (!pictureVectors || pictureVectors.encoder.space !== encoder?.space) return found;
  const stored = pictureVectors.stored().filter(({ position }) => position === 0);
  const vectors = pictureVectors.of(stored);
  for (const [i, { productId }] of stored.entries()) {
    const vector = vectors[i];
    if (vector) found.set(productId, vector);
  }
  return found;
}
