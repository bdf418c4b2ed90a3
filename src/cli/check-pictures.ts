import { join } from 'node:path';
import type { Config } from '../config';
import { messageOf } from '../domain';
import { createImageEncoder } from '../encoders';
import { countIndexedPictures, readManifest } from '../retrieval';
import { FilePictureStore, openDatabase } from '../storage';
import type { Check } from './check';

/** Whether the pictures that are stored can be found by photos; nothing where there is no catalogue or no image encoder. */
export async function checkPictures(config: Config): Promise<Check[]> {
  const name = 'pictures';
  const index = join(config.DATA_DIR, 'index');
  const advice = 'run "vitrine reindex"';
  try {
    const manifest = readManifest(index);
    const encoder = createImageEncoder(config);
    if (!manifest || !encoder) return [];
    const stored = countStored(config.DATA_DIR);
    const maker = manifest.pictureEncoder?.id ?? 'none';
    if (maker !== encoder.id) {
      const detail = `${stored} stored, encoded by ${maker}, not by ${encoder.id}`;
      return [{ name, state: 'note', detail, advice }];
    }
    const encoded = await countIndexedPictures(index);
    const detail = `${encoded} of ${stored} encoded`;
    return [{ name, ...(encoded < stored ? { state: 'note', detail, advice } : { state: 'ok', detail }) }];
  } catch (error) {
    // What is wrong with manifests is told beside what they are of.
    return [{ name, state: 'note', detail: messageOf(error), advice }];
  }
}

function countStored(dataDir: string): number {
  const db = openDatabase(dataDir);
  try {
    return new FilePictureStore(db, join(dataDir, 'pictures')).stored().length;
  } finally {
    db.close();
  }
}
