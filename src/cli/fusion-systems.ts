import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../app';
import { type Fusion, languageOf, type ModalityVectors, type Product } from '../domain';
import { AttributeVectors, FusionStore, fusionOf, type TrainedKind } from '../fusion';
import { type EvaluatedSystem, type LabelledQuery, vectorSystem } from '../training';
import type { ProductVectors } from './product-vectors';
import { heardIn, saidIn } from './query-parts';

export interface FusionSystemOptions {
  readonly name: string;
  readonly app: App;
  readonly products: readonly Product[];
  readonly vectors: ProductVectors;
  readonly fusion: Fusion;
}

/** Ranks by the cosine of fused vectors and by nothing else: words, photo, voice and what was understood of the words. */
export async function fusionSystem({
  name,
  app,
  products,
  vectors,
  fusion,
}: FusionSystemOptions): Promise<EvaluatedSystem> {
  const { encoder, tagger, vocabulary } = app;
  if (!encoder) return { name, search: async () => ({ results: [] }) };
  const attributes = new AttributeVectors(encoder, vocabulary);
  const tagged = await attributes.of(products.map((product) => tagger.tag(product)));
  const seen = app.imageEncoder?.space === encoder.space;
  const inputs = products.map((_, i): ModalityVectors => {
    const [words, photo, attribute] = [vectors.words[i], seen ? vectors.pictures[i]?.[0] : undefined, tagged[i]];
    return { ...(words && { words }), ...(photo && { photo }), ...(attribute && { attributes: attribute }) };
  });
  const fused = await fusion.fuse(inputs);
  const { currency, brands, isKnownWord } = await app.retriever.facts();
  const encode = async (query: LabelledQuery): Promise<Float32Array | undefined> => {
    const heard = await heardIn(app, query);
    const text = saidIn(query, heard);
    const language = languageOf(query.lang);
    const found: { -readonly [K in keyof ModalityVectors]: ModalityVectors[K] } = {};
    if (text !== '') {
      const parsed = app.parser.parse(text, { currency, brands, isKnownWord, ...(language && { language }) });
      const [words] = await encoder.encode([text], { role: 'query', language: parsed.language });
      const [attribute] = await attributes.of([parsed.wanted]);
      if (words) found.words = words;
      if (attribute) found.attributes = attribute;
    }
    if (heard?.vector && app.recogniser?.space === encoder.space) found.voice = heard.vector;
    const photo = query.photo !== undefined && seen ? await app.photoVector([readFileSync(query.photo)]) : undefined;
    if (photo) found.photo = photo;
    if (Object.keys(found).length === 0) return undefined;
    return (await fusion.fuse([found]))[0]?.vector;
  };
  return vectorSystem({ name, products, vectors: fused.map(({ vector }) => [vector]), encode });
}

/** The starter weights of a kind; undefined where there are none for the space of the words. */
export function starterFusion({ config, encoder }: App, kind: TrainedKind): Fusion | undefined {
  if (!encoder) return undefined;
  const file = join(
    config.MODELS_DIR,
    'starter',
    'fusion',
    kind === 'attention' ? 'model.safetensors' : `${kind}.safetensors`,
  );
  const stored = new FusionStore(config.DATA_DIR, file).read('');
  return stored?.spec.space === encoder.space ? fusionOf(stored, encoder.space, encoder.dimensions) : undefined;
}
