import type { App } from '../app';
import { type Dataset, EvaluationRandom, makeDataset, phraseMakers } from '../training';
import { Progress } from './progress';
import type { TrainingCatalogue } from './training-items';
import { voiceLab } from './voice-lab';

/** The queries that training makes of an app's catalogue, told by bars on the terminal; the same for the same seed. */
export function trainingDataset(
  app: App,
  catalogue: TrainingCatalogue,
  { queries, seed }: { readonly queries: number; readonly seed: number },
  signal?: AbortSignal,
): Promise<Dataset> {
  const random = new EvaluationRandom(`dataset/${seed}`);
  const { imageEncoder, encoder } = app;
  const bars = {
    photos: new Progress('Looking at photos'),
    words: new Progress('Reading words'),
    voices: new Progress('Hearing voices'),
  };
  const voices = voiceLab(app);
  const seen = imageEncoder && imageEncoder.space === encoder?.space ? imageEncoder : undefined;
  return makeDataset({
    ...catalogue,
    makers: phraseMakers(app.lexicons, app.config.LOCALES_DIR, random),
    random,
    queries,
    cache: app.vectorCache,
    ...(seen && {
      photos: { encoder: seen, reader: app.reader, file: (id: string) => app.pictures.file(id, 0) },
    }),
    ...(voices && { voices }),
    onProgress: (what, done, total) => bars[what].update(done, total),
    ...(signal && { signal }),
  }).finally(() => {
    bars.photos.stop();
    bars.words.stop();
    bars.voices.stop();
  });
}
