import type { App } from '../app';
import type { ProductIndexer } from '../domain';
import { Progress } from './progress';

/** Brings the index up to date, pictures first, with a progress bar for each; says how many pictures can't be read. */
export async function syncIndex(
  app: Pick<App, 'indexer'>,
  signal: AbortSignal | undefined,
  options: { rebuild?: boolean } = {},
): ReturnType<ProductIndexer['sync']> {
  const bars = { pictures: new Progress('Pictures encoded'), products: new Progress('Indexing') };
  try {
    const result = await app.indexer.sync({
      ...options,
      ...(signal && { signal }),
      onPictures: (done, total) => bars.pictures.update(done, total),
      onProgress: (done, total) => {
        bars.pictures.stop();
        bars.products.update(done, total);
      },
    });
    const { encoded = 0, unreadable = 0 } = result.pictures ?? {};
    if (encoded + unreadable > 0) {
      process.stderr.write(`Pictures: ${encoded} encoded, ${unreadable} can't be read and are left out\n`);
    }
    return result;
  } finally {
    bars.pictures.stop();
    bars.products.stop();
  }
}
