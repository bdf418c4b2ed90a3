import type { FoundProduct, Language, ProductFinder, RankedProducts } from '../domain';
import { VitrineError } from '../domain';
import { type CardTools, cardOf } from '../reply';
import type { SearchOptions } from './search-words';

/** Products that an agent is shown. */
const MOST_FOUND = 12;

export interface AgentProductFinderParts {
  readonly search: (text: string, options: SearchOptions) => Promise<RankedProducts>;
  /** Undefined where there is no image encoder. */
  readonly photoVector: (photos: readonly Buffer[]) => Promise<Float32Array | undefined>;
  readonly cards: CardTools;
}

/** Searches for agents as it does for shoppers, but for no taste and no place that is paid for. */
export class AgentProductFinder implements ProductFinder {
  constructor(private readonly parts: AgentProductFinderParts) {}

  async find({ text, photo, language }: Parameters<ProductFinder['find']>[0]): Promise<FoundProduct[]> {
    const vector = photo && (await this.parts.photoVector([photo]));
    if (photo && !vector) throw new VitrineError('NOT_READY', 'There is no model that looks at photos.');
    const options = { language, limit: MOST_FOUND, ...(vector && { photo: vector }) };
    const { results } = await this.parts.search(text, options);
    return results.map(({ product }) => this.found(product, language));
  }

  private found(product: Parameters<typeof cardOf>[0]['product'], language: Language): FoundProduct {
    const { productId, title, price, imagePath, stock } = cardOf({ product }, new Set(), language, this.parts.cards);
    return { productId, title, price, ...(imagePath && { imagePath }), ...(stock && { stock: stock.text }) };
  }
}
