import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, packageRoot } from '../../src/config';
import type { DecodedPicture } from '../../src/domain';
import { NsfwPhotoScreener, SharpPictureReader } from '../../src/media';
import { quantile } from '../../src/training';
import { EvaluationRandom } from '../../src/training/evaluation/random';

/** Photos of goods and of what shops sell: every one that is refused is refused wrongly. */
const FOLDERS = { clothing: join('clothing', 'labels.csv'), grocery: join('grocery', 'val.txt') } as const;
const THRESHOLDS = [0.5, 0.7, 0.8, 0.85, 0.9, 0.95];

/**
 * The share of harmless photos that screening refuses, at several thresholds, and milliseconds a photo; `count` photos a
 * folder, drawn with a seed, from DATA_DIR or the folder beside the repository. Numbers only: no photo is named.
 */
export async function benchScreening(count: number, log: (line: string) => void): Promise<void> {
  const data = process.env.DATA_DIR ?? join(packageRoot(), '..', 'shared', 'data');
  if (!existsSync(data)) throw new Error('there are no photos to measure with: set DATA_DIR');
  const threshold = loadConfig({ DATA_DIR: 'data' }).PHOTO_SCREENING_THRESHOLD;
  const reader = new SharpPictureReader();
  const screener = new NsfwPhotoScreener(threshold, { deadline: 60_000 });
  try {
    const blank: DecodedPicture = { data: new Uint8Array(3 * 64 * 64).fill(255), width: 64, height: 64 };
    const started = performance.now();
    await screener.screen(blank);
    log(`the first photo, loading included: ${(performance.now() - started).toFixed(0)} ms`);
    for (const [folder, list] of Object.entries(FOLDERS)) {
      const scores = { pornography: [] as number[], sexy: [] as number[] };
      const times = { read: [] as number[], screen: [] as number[] };
      for (const file of drawn(photosOf(data, folder, list), count)) {
        const reading = performance.now();
        const photo = await reader.read(readFileSync(file));
        const screening = performance.now();
        const seen = await screener.screen(photo);
        times.read.push(screening - reading);
        times.screen.push(performance.now() - screening);
        scores.pornography.push(seen.Porn + seen.Hentai);
        scores.sexy.push(seen.Sexy);
      }
      log(`${folder}: ${times.screen.length} photos, read p50 ${ms(times.read)}, screened p50 ${ms(times.screen)}`);
      log(`  refused (Porn + Hentai; the threshold is ${threshold}): ${shares(scores.pornography)}`);
      log(`  would be refused for Sexy, which is not counted: ${shares(scores.sexy)}`);
    }
  } finally {
    await screener.close();
  }
}

/** Paths of the photos that a list names in its first column; a heading is no photo. */
function photosOf(data: string, folder: string, list: string): string[] {
  const lines = readFileSync(join(data, list), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const name = line.split(',')[0]?.trim() ?? '';
    const file = join(data, folder, name);
    return name !== '' && existsSync(file) && /\.(?:jpe?g|png)$/.test(name) ? [file] : [];
  });
}

/** `count` of the files, each at most once. */
function drawn(files: string[], count: number): string[] {
  const random = new EvaluationRandom('screening');
  for (let at = files.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [files[at], files[other]] = [files[other] ?? '', files[at] ?? ''];
  }
  return files.slice(0, count);
}

function shares(scores: readonly number[]): string {
  return THRESHOLDS.map((threshold) => {
    const refused = scores.filter((score) => score >= threshold).length;
    return `≥ ${threshold}: ${refused} (${((100 * refused) / Math.max(1, scores.length)).toFixed(2)} %)`;
  }).join(', ');
}

function ms(times: number[]): string {
  return `${quantile(times, 0.5).toFixed(1)} ms`;
}
