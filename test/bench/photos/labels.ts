import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../../src/app';
import { mainColors, PhotoDescriber } from '../../../src/assistant';
import { loadLexicons, photoWords } from '../../../src/understanding';
import { labelledByEye } from './data';

/** How often the main colour and the pattern that the shopper is told are those that people see, on labelled photos. */
export async function scoreLabels(app: App, folder: string) {
  const { encoder, imageEncoder, reader } = app;
  if (!encoder || !imageEncoder) throw new Error('MODELS names no encoders: there is nothing to measure');
  const words = photoWords(loadLexicons(app.config.LOCALES_DIR));
  const describer = new PhotoDescriber(encoder, words);
  const counts = { photos: 0, color: 0, named: 0, pattern: 0, patterned: 0, patternFound: 0 };
  for (const [name, { colors, patterns }] of Object.entries(labelledByEye())) {
    const photo = reader.cleanUp(await reader.read(readFileSync(join(folder, 'clothing', 'images', name))));
    const [vector] = await imageEncoder.encode([photo], {});
    if (!vector) continue;
    const seen = await describer.describe([photo], vector);
    const noun = words.kinds.find(({ id }) => id === seen.kind)?.words[0] ?? '';
    const votes = await describer.colorVotes([photo], vector, noun);
    const [best] = [...votes].sort((a, b) => b[1] - a[1]);
    counts.photos += 1;
    if (best && colors.includes(best[0])) counts.color += 1;
    if (mainColors(votes).length > 0) counts.named += 1;
    // A print is no pattern of the lexicon's.
    const wanted = patterns.map((pattern) => (pattern === 'printed' ? 'plain' : pattern));
    if (wanted.includes(seen.pattern ?? 'plain')) counts.pattern += 1;
    if (!wanted.includes('plain')) {
      counts.patterned += 1;
      if (wanted.includes(seen.pattern ?? 'plain')) counts.patternFound += 1;
    }
  }
  return counts;
}
