import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/config';

const RECIPE = join(packageRoot(), 'models', 'recipes', 'image');

/** There are no photos on this machine. */
export class NoPhotos extends Error {}

/** The folder of the photos, from the environment's DATA_DIR or beside the repository. Throws `NoPhotos`. */
export function photoFolder(): string {
  const folder = process.env.DATA_DIR ?? join(packageRoot(), '..', 'shared', 'data');
  if (!existsSync(join(folder, 'clothing'))) throw new NoPhotos('there are no photos to measure with: set DATA_DIR');
  return folder;
}

/** What the image encoder's training never saw. */
export function keptApart(): { readonly clothing: ReadonlySet<string>; readonly drawings: ReadonlySet<string> } {
  const { clothing, drawings } = JSON.parse(readFileSync(join(RECIPE, 'validation.json'), 'utf8')) as Record<
    'clothing' | 'drawings',
    string[]
  >;
  return { clothing: new Set(clothing), drawings: new Set(drawings) };
}

/** Colours and patterns of validation photos, labelled by eye; either of two where people would differ. */
export function labelledByEye(): Readonly<Record<string, { colors: readonly string[]; patterns: readonly string[] }>> {
  return JSON.parse(readFileSync(join(RECIPE, 'labels.json'), 'utf8')) as ReturnType<typeof labelledByEye>;
}

/** The ten kinds of the clothing photos: label, and names in English and Chinese. */
export const TEN = [
  ['Dress', 'Dress', '连衣裙'],
  ['Hat', 'Hat', '帽子'],
  ['Longsleeve', 'Long-sleeve top', '长袖上衣'],
  ['Outwear', 'Jacket', '外套'],
  ['Pants', 'Trousers', '长裤'],
  ['Shirt', 'Shirt', '衬衫'],
  ['Shoes', 'Shoes', '鞋子'],
  ['Shorts', 'Shorts', '短裤'],
  ['Skirt', 'Skirt', '半身裙'],
  ['T-Shirt', 'T-shirt', 'T恤'],
] as const;

/** A photo and what it shows. */
export interface LabelledPhoto {
  readonly file: string;
  readonly label: string;
}

/** Validation photos of clothes. */
export function clothingPhotos(folder: string): LabelledPhoto[] {
  const { clothing } = keptApart();
  const rows = readFileSync(join(folder, 'clothing', 'labels.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return rows.flatMap((row) => {
    const [image = '', label = ''] = row.split(',');
    const name = image.split('/').at(-1) ?? '';
    return clothing.has(name) ? [{ file: join(folder, 'clothing', image), label }] : [];
  });
}

/** Validation photos of groceries; the label is the product's number. */
export function groceryPhotos(folder: string): LabelledPhoto[] {
  const rows = readFileSync(join(folder, 'grocery', 'val.txt'), 'utf8')
    .trim()
    .split(/\r?\n/);
  return rows.map((row) => {
    const [image = '', label = ''] = row.split(', ');
    return { file: join(folder, 'grocery', image), label };
  });
}

/** The 81 groceries with a clean picture and a description. */
export function groceryProducts(folder: string) {
  const rows = readFileSync(join(folder, 'grocery', 'classes.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  const local = (path = '') =>
    join(folder, 'grocery', 'products', path.split('iconic-images-and-descriptions/')[1] ?? '');
  return rows.map((row) => {
    const [name = '', id = '', coarse = '', , picture, description] = row.split(',');
    return {
      id,
      name: name.replaceAll('-', ' '),
      coarse: coarse.replaceAll('-', ' '),
      picture: local(picture),
      description: readFileSync(local(description), 'utf8').trim(),
    };
  });
}
