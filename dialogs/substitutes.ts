import type { FlowResult, Turn } from '../src/dialog';
import type { Product } from '../src/domain';

/** What may be bought in a product's place; that it is sold out is said, where it is. */
export async function substitutes(turn: Turn, product: Product): Promise<FlowResult> {
  const { language, state } = turn;
  const found = await turn.substitutes(product);
  // "It" is none of them yet, and no longer what is sold out.
  const { lastProduct: _, ...rest } = state;
  return {
    outcome: { kind: 'substitutes', language, product, variants: turn.variants(product), substitutes: found },
    state: found.length > 0 ? { ...rest, language } : { ...state, language, lastProduct: product.id },
  };
}
