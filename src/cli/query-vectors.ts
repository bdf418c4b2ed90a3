import { readFileSync } from 'node:fs';
import type { App } from '../app';
import { languageOf, type ModalityVectors, type Product, type TextEncoder } from '../domain';
import { AttributeVectors } from '../fusion';
import type { LabelledQuery } from '../training';
import type { ProductVectors } from './product-vectors';
import { heardIn, saidIn, tasteIn } from './query-parts';

/** What a fusion is given of labelled queries and of products, all in the space of the words. */
export interface FusionInputs {
  /** Words, photo, voice, what was understood of the words, and history; {} where a query has none of them here. */
  ofQuery(query: LabelledQuery): Promise<ModalityVectors>;
  /** As the index fuses them; `vectors` are those of the products, in their order. */
  ofProducts(products: readonly Product[], vectors: ProductVectors): Promise<ModalityVectors[]>;
}

/** Reads what understanding needs of the catalogue once. */
export async function fusionInputs(app: App, encoder: TextEncoder): Promise<FusionInputs> {
  const { tagger, vocabulary } = app;
  const attributes = new AttributeVectors(encoder, vocabulary);
  const seen = app.imageEncoder?.space === encoder.space;
  const { currency, brands, isKnownWord } = await app.retriever.facts();
  return {
    ofQuery: async (query) => {
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
      const history = await tasteIn(app, query);
      if (history) found.history = history;
      return found;
    },
    ofProducts: async (products, vectors) => {
      const tagged = await attributes.of(products.map((product) => tagger.tag(product)));
      return products.map((_, i): ModalityVectors => {
        const [words, photo, attribute] = [vectors.words[i], seen ? vectors.pictures[i]?.[0] : undefined, tagged[i]];
        return { ...(words && { words }), ...(photo && { photo }), ...(attribute && { attributes: attribute }) };
      });
    },
  };
}
