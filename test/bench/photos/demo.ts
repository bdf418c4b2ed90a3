import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoItem, demoItems } from '../../../src/catalogue/demo/items';
import { photographed } from '../../../src/catalogue/demo/photographed';
import { SeededRandom } from '../../../src/catalogue/demo/random';

/** What a photo shows: the look that variants of several items may share. */
interface Look {
  readonly drawing: string;
  readonly color: string;
  readonly pattern: string;
  /** Products that look so. */
  readonly ids: readonly string[];
}

/** Every look of the demo catalogue. */
export function looks(items: readonly DemoItem[] = demoItems()): Look[] {
  const found = new Map<string, Look & { ids: string[] }>();
  for (const item of items) {
    for (const { id, color } of item.variants) {
      const { drawing } = item.kind;
      const key = `${drawing}/${color}/${item.pattern}`;
      const look = found.get(key) ?? { drawing, color, pattern: item.pattern, ids: [] };
      look.ids.push(id);
      found.set(key, look);
    }
  }
  return [...found.values()];
}

/**
 * Writes `count` photo queries over the demo catalogue and their photos, seeded: looks drawn anew in other scenes; what is
 * right are the products that look so. Returns the file of the queries.
 */
export async function writePhotoQueries(
  folder: string,
  { count, drawings }: { readonly count: number; readonly drawings?: ReadonlySet<string> },
): Promise<string> {
  const random = new SeededRandom(`photos/${drawings ? 'unseen' : 'all'}`);
  const all = looks().filter(({ drawing }) => drawings === undefined || drawings.has(drawing));
  return writeQueries(folder, count, random, () => {
    const look = random.pick(all);
    return { look, relevant: look.ids };
  });
}

/** The same with another colour said beside each photo: right are the things of the photo's drawing in that colour. */
export async function writeColorQueries(folder: string, { count }: { readonly count: number }): Promise<string> {
  const random = new SeededRandom('photos/colors');
  const all = looks();
  const others = ({ drawing, color }: Look) => all.filter((look) => look.drawing === drawing && look.color !== color);
  const colorful = all.filter((look) => others(look).length > 0);
  return writeQueries(folder, count, random, () => {
    const look = random.pick(colorful);
    const { color } = random.pick(others(look));
    const relevant = others(look)
      .filter((other) => other.color === color)
      .flatMap(({ ids }) => ids);
    return { look, text: `this in ${color}`, lang: 'en', relevant };
  });
}

interface PhotoQuery {
  readonly look: Look;
  readonly text?: string;
  readonly lang?: string;
  readonly relevant: readonly string[];
}

async function writeQueries(
  folder: string,
  count: number,
  random: SeededRandom,
  next: () => PhotoQuery,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const { look, relevant, ...said } = next();
    const photo = `${i}.jpg`;
    writeFileSync(join(folder, photo), await photographed(look, random));
    lines.push(JSON.stringify({ photo, ...said, relevant: Object.fromEntries(relevant.map((id) => [id, 1])) }));
  }
  const file = join(folder, 'queries.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
