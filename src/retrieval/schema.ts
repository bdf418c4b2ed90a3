import { Bool, Field, FixedSizeList, Float32, Float64, List, Schema, Utf8 } from 'apache-arrow';

const list = (name: string) => new Field(name, new List(new Field('item', new Utf8(), true)), true);

/** Columns of the product table. `dimensions` 0 means that no encoder fills the vector column, which is left out then. */
export function tableSchema(dimensions: number): Schema {
  return new Schema([
    new Field('id', new Utf8(), false),
    new Field('grp', new Utf8(), false),
    new Field('words', new Utf8(), false),
    new Field('title_words', new Utf8(), false),
    list('kinds'),
    list('colors'),
    list('materials'),
    list('patterns'),
    list('sizes'),
    list('genders'),
    new Field('kids', new Bool(), false),
    new Field('brand', new Utf8(), false),
    new Field('price', new Float64(), true),
    new Field('available', new Bool(), false),
    new Field('on_sale', new Bool(), false),
    new Field('facts', new Utf8(), false),
    ...(dimensions > 0
      ? [new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), true)), true)]
      : []),
  ]);
}

/** Filtered columns and the index each of them wants. */
export const SCALAR_INDEXES = {
  id: 'btree',
  price: 'btree',
  brand: 'bitmap',
  available: 'bitmap',
  on_sale: 'bitmap',
  kids: 'bitmap',
  kinds: 'labelList',
  colors: 'labelList',
  materials: 'labelList',
  patterns: 'labelList',
  sizes: 'labelList',
  genders: 'labelList',
} as const;
