import sharp from 'sharp';
import type { App } from '../../src/app';
import { product } from './data-dir';

/** A picture that is all of one colour. */
export function flatPicture(color: string, format: 'jpeg' | 'webp' = 'webp'): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 60, channels: 3, background: color } })
    .toFormat(format)
    .toBuffer();
}

/** Backpacks and mugs in four colours, each with a picture of its colour; `hat` has none. Indexed. */
export async function filledShop(app: App): Promise<void> {
  const colors = { red: '#d01010', green: '#10a010', blue: '#1010d0', yellow: '#e0e010' };
  const things = Object.keys(colors).flatMap((color) => [
    product({ id: `pack-${color}`, title: `Backpack ${color}`, color, imageLink: `${color}.webp`, ...priced(60) }),
    product({ id: `mug-${color}`, title: `Mug ${color}`, color, imageLink: `${color}.webp`, ...priced(10) }),
  ]);
  app.products.upsert([...things, product({ id: 'hat', title: 'Hat red', color: 'red' })]);
  for (const task of app.pictures.pending(100)) {
    const color = colors[task.source.replace('.webp', '') as keyof typeof colors];
    await app.pictures.put(task, await flatPicture(color));
  }
  await app.indexer.sync({});
}

const priced = (euros: number) => ({ price: { minor: euros * 100, currency: 'EUR' } });
