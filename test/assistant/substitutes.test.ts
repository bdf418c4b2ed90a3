import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Product } from '../../src/domain';
import { product, temporaryConfig } from '../support/data-dir';

const config = temporaryConfig({ MODELS: 'none' });
let app: App;

const boot = (id: string, euros: number, fields: Partial<Product> = {}): Product =>
  product({
    id,
    title: `${id} leather boots`,
    itemGroupId: fields.itemGroupId ?? id,
    color: 'brown',
    size: '42',
    gender: 'male',
    ageGroup: 'adult',
    quantity: 9,
    price: { minor: euros * 100, currency: 'EUR' },
    ...fields,
  });

beforeAll(async () => {
  app = createApp(config);
  app.products.upsert([
    boot('Gone', 80, { quantity: 0 }),
    boot('Gone-43', 80, { itemGroupId: 'Gone', size: '43' }),
    boot('Near', 85),
    boot('Dear', 150),
    boot('Dearest', 161),
    boot('Cheap', 39),
    boot('Anybody', 90, { gender: 'unisex' }),
    boot('SoldOut', 80, { availability: 'out_of_stock' }),
    boot('Empty', 80, { quantity: 0 }),
    boot('OtherSize', 80, { size: '38' }),
    boot('Women', 80, { gender: 'female' }),
    boot('Kids', 80, { ageGroup: 'kids' }),
    product({ id: 'bag', title: 'Brown leather handbag', color: 'brown', size: '42', quantity: 9 }),
    product({ id: 'nameless', title: 'Zyx', quantity: 0 }),
    product({ id: 'sprocket', title: 'Zyxo sprocket', productType: 'Parts > Zyx', quantity: 0 }),
    product({ id: 'sprocket-2', title: 'Zyxo sprocket, fine', productType: 'Parts > Zyx', quantity: 4 }),
    product({ id: 'sprocket-3', title: 'Zyxo sprocket, coarse', productType: 'Parts > Other', quantity: 4 }),
  ]);
  await app.indexer.sync({});
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

const found = async (id: string, n = 5): Promise<string[]> => {
  const wanted = app.products.get(id);
  if (!wanted) throw new Error(`no ${id}`);
  return (await app.substitutes.substitutes(wanted, n)).map((each) => each.id);
};

it('finds other items of the kind, size and audience that are in stock, the nearest in price first', async () => {
  const ids = await found('Gone');
  expect([...ids].sort()).toEqual(['Anybody', 'Dear', 'Near']);
  expect(ids.at(-1)).toBe('Dear');
});

it('finds as many as are asked for', async () => {
  expect(await found('Gone', 1)).toHaveLength(1);
  expect(await found('Gone', 0)).toEqual([]);
});

it('goes by the category where the kind is not known', async () => {
  expect(await found('sprocket')).toEqual(['sprocket-2']);
});

it('finds none where the kind is not known, or nothing else is in the size', async () => {
  expect(await found('nameless')).toEqual([]);
  expect(await found('OtherSize')).toEqual([]);
});
