import type { App } from '../app';
import { Progress } from './progress';

/** Brings the index up to date, pictures first, with a progress bar for each. */
export async function syncIndex(
  app: Pick<App, 'indexer'>,
  signal: AbortSignal | undefined,
  options: { rebuild?: boolean } = {},
): Promise<{ readonly indexed: number; readonly rebuilt: boolean }> {
  const bars = { pictures: new Progress('Encoding pictures'), products: new Progress('Indexing') };
  try {
    return await app.indexer.sync({
      ...options,
      ...(signal && { signal }),
      onPictures: (done, total) => bars.pictures.update(done, total),
      onProgress: (done, total) => {
        bars.pictures.stop();
        bars.products.update(done, total);
      },
    });
  } finally {
    bars.pictures.stop();
    bars.products.stop();
  }
}
