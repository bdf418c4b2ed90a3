import { NO_ATTRIBUTES } from '../../../src/domain';
import type { Entry } from './entries';

/** A product as queries are drawn of it; a test names what it cares about. */
export function entry(
  id: string,
  fields: Partial<Entry> & { readonly kind: string; readonly color: string; readonly brand: string },
): Entry {
  const { kind, color, brand, ...more } = fields;
  return {
    id,
    group: id,
    split: 'train',
    look: id,
    unseen: true,
    attributes: { ...NO_ATTRIBUTES, kinds: [kind], colors: [color], brands: [brand] },
    ...more,
  };
}
