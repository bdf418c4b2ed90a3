import type { Turn } from '../src/dialog';
import { type Product, textIn } from '../src/domain';

/** "A red mug", when the size of a shirt was asked for, is another wish. */
export async function namesOther({ message, language, parse }: Turn, product: Product): Promise<boolean> {
  const { kinds } = (await parse(message.text, language)).wanted;
  if (kinds.length === 0) return false;
  const own = (await parse(textIn(product, language).title, language)).wanted.kinds;
  return !kinds.some((kind) => own.includes(kind));
}
