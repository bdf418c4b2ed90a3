import type { App } from '../app';
import { type TextEncoder, VitrineError } from '../domain';
import { AttributeVectors } from '../fusion';
import { itemOf, type TrainingItem } from '../training';
import { productVectors } from './product-vectors';

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
  const attributeVectors = new AttributeVectors(encoder, app.vocabulary);
  const attributes = products.map((product) => app.tagger.tag(product));
  const [{ words, pictures }, ofAttributes] = await Promise.all([
    productVectors(app, products),
    attributeVectors.of(attributes, signal),
  ]);
  // Pictures of another space than the words' can't be fused with them.
  const seen = app.imageEncoder?.space === encoder.space;
  const items = products.flatMap((product, i): TrainingItem[] => {
    const [own, tagged, picture, attribute] = [words[i], attributes[i], pictures[i]?.[0], ofAttributes[i]];
    if (!own || !tagged) return [];
    const vectors = {
      words: own,
      ...(seen && picture && { picture }),
      ...(attribute && { attributeVector: attribute }),
    };
    return [itemOf(product, tagged, vectors)];
  });
  return { items, encoder, attributeVectors };
}
