/** What Vitrine reads of Shopify's product export; both the older and the newer column names lead here. */
export type ShopifyColumn =
  | 'handle'
  | 'title'
  | 'body'
  | 'vendor'
  | 'category'
  | 'type'
  | 'published'
  | 'status'
  | 'sku'
  | 'barcode'
  | 'price'
  | 'compareAt'
  | 'tracker'
  | 'quantity'
  | 'policy'
  | 'image'
  | 'variantImage'
  | 'name1'
  | 'name2'
  | 'name3'
  | 'value1'
  | 'value2'
  | 'value3'
  | 'googleCategory'
  | 'gender'
  | 'ageGroup'
  | 'condition';

const COLUMNS = new Map<string, ShopifyColumn>([
  ['handle', 'handle'],
  ['url handle', 'handle'],
  ['title', 'title'],
  ['body html', 'body'],
  ['body', 'body'],
  ['description', 'body'],
  ['vendor', 'vendor'],
  ['product category', 'category'],
  ['type', 'type'],
  ['published', 'published'],
  ['published on online store', 'published'],
  ['status', 'status'],
  ['variant sku', 'sku'],
  ['sku', 'sku'],
  ['variant barcode', 'barcode'],
  ['barcode', 'barcode'],
  ['variant price', 'price'],
  ['price', 'price'],
  ['variant compare at price', 'compareAt'],
  ['compare at price', 'compareAt'],
  ['variant inventory tracker', 'tracker'],
  ['inventory tracker', 'tracker'],
  ['variant inventory qty', 'quantity'],
  ['inventory quantity', 'quantity'],
  ['variant inventory policy', 'policy'],
  ['continue selling when out of stock', 'policy'],
  ['image src', 'image'],
  ['product image url', 'image'],
  ['variant image', 'variantImage'],
  ['variant image url', 'variantImage'],
  ['option1 name', 'name1'],
  ['option2 name', 'name2'],
  ['option3 name', 'name3'],
  ['option1 value', 'value1'],
  ['option2 value', 'value2'],
  ['option3 value', 'value3'],
  ['google shopping google product category', 'googleCategory'],
  ['google shopping gender', 'gender'],
  ['google shopping age group', 'ageGroup'],
  ['google shopping condition', 'condition'],
]);

/** The column that a header cell names, however it is punctuated. */
export function shopifyColumn(name: string): ShopifyColumn | undefined {
  return COLUMNS.get(
    name
      .slice(0, 80)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim(),
  );
}

const OPTIONS: readonly (readonly ['color' | 'size' | 'material', string])[] = [
  ['color', 'color colour colors colours 颜色 顏色 farbe couleur cor цвет カラー 色'],
  ['size', 'size sizes 尺码 尺寸 尺碼 größe grösse groesse taille talla tamaño tamanho размер サイズ'],
  ['material', 'material materials fabric 材质 材料 stoff matière matériau tejido tecido материал 素材'],
];
const OPTION_FIELDS = new Map(
  OPTIONS.flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
);

/** The field that a product option fills, by its name in any of the languages. */
export function optionField(name: string): 'color' | 'size' | 'material' | undefined {
  return OPTION_FIELDS.get(name.slice(0, 80).normalize('NFC').trim().toLowerCase());
}
