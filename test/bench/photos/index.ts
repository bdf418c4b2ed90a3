import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoFeed } from '../../../src/catalogue/demo/feed';
import { withFeed } from '../../../src/cli/eval';
import { vitrineSystem } from '../../../src/cli/eval-systems';
import { packageRoot } from '../../../src/config';
import { evaluate, formatReport, readLabelledQueries } from '../../../src/training';
import { clothingPhotos, groceryPhotos, groceryProducts, keptApart, NoPhotos, photoFolder, TEN } from './data';
import { writeColorQueries, writePhotoQueries } from './demo';
import { scoreLabels } from './labels';
import { productOf, recallOf, withShop } from './shops';
import { photoSpeed } from './speed';
import { choosePhotoWeights } from './weights';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What the photo path is worth: all of it, or one of `demo`, `clothing`, `grocery`, `labels`, `speed`, `weights`. */
export async function benchPhotos(which: string | undefined, log: (line: string) => void): Promise<void> {
  const parts = { clothing, grocery, labels, demo, speed: photoSpeed, weights: choosePhotoWeights };
  // Weights are chosen when somebody asks for it.
  const chosen = Object.entries(parts).filter(([name]) => (which === undefined ? name !== 'weights' : which === name));
  if (chosen.length === 0) throw new Error(`one of ${Object.keys(parts).join(', ')}`);
  for (const [name, part] of chosen) {
    try {
      await part(log);
    } catch (error) {
      if (!(error instanceof NoPhotos)) throw error;
      log(`${name}: skipped: ${error.message}`);
    }
  }
}

/** Validation photos of clothes over ten products that have a name and nothing else. */
async function clothing(log: (line: string) => void): Promise<void> {
  const photos = clothingPhotos(photoFolder());
  for (const [language, at] of [
    ['en', 1],
    ['zh', 2],
  ] as const) {
    const products = TEN.map((row) => productOf({ id: row[0], title: row[at], language }));
    const known = new Set<string>(TEN.map(([label]) => label));
    const found = await withShop(products, {}, (app) =>
      recallOf(app, photos, (label) => (known.has(label) ? label : undefined)),
    );
    log(`clothing, ${found.photos} validation photos over ten names in ${language}: ${percent(found.first)} right`);
  }
}

/** Validation photos of groceries over the 81 products with picture and description. */
async function grocery(log: (line: string) => void): Promise<void> {
  const folder = photoFolder();
  const groceries = groceryProducts(folder);
  const products = groceries.map(({ id, name, coarse, description }) =>
    productOf({ id, title: name, productType: coarse, description, language: 'en', imageLink: `${id}.jpg` }),
  );
  const pictures = Object.fromEntries(groceries.map(({ id, picture }) => [id, picture]));
  const found = await withShop(products, pictures, (app) => recallOf(app, groceryPhotos(folder), (label) => label));
  log(
    `groceries, ${found.photos} validation photos over 81 products: first ${percent(found.first)}, first five ${percent(found.five)}`,
  );
}

async function labels(log: (line: string) => void): Promise<void> {
  const counts = await withShop([productOf({ id: 'a', title: 'Hat' })], {}, (app) => scoreLabels(app, photoFolder()));
  const share = (part: number, whole = counts.photos) => percent(part / whole);
  log(
    `${counts.photos} photos labelled by eye: main colour of 12 right ${share(counts.color)} (named in ${share(counts.named)}), ` +
      `pattern right ${share(counts.pattern)}, of the ${counts.patterned} patterned ones ${share(counts.patternFound, counts.patterned)}`,
  );
}

/** 300 photos of the demo's looks in new scenes, 300 of drawings that training never saw, and 200 with a colour said. */
async function demo(log: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-demo-photos-'));
  try {
    const { feed } = await writeDemoFeed({ localesDir: join(packageRoot(), 'locales'), folder });
    const sets = {
      'all drawings': await writePhotoQueries(join(folder, 'all'), { count: 300 }),
      'drawings never seen': await writePhotoQueries(join(folder, 'unseen'), {
        count: 300,
        drawings: keptApart().drawings,
      }),
      'another colour said beside the photo': await writeColorQueries(join(folder, 'colors'), { count: 200 }),
    };
    await withFeed(
      feed,
      async (app, products) => {
        for (const [name, file] of Object.entries(sets)) {
          const report = await evaluate({
            systems: [vitrineSystem(app)],
            queries: readLabelledQueries(file),
            products,
            seed: 1,
            k: 10,
          });
          log(`demo, ${name}`);
          log(formatReport(report));
        }
      },
      { pictures: true },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
