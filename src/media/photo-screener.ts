import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../config';
import type { DecodedPicture, PhotoScreener } from '../domain';
import { type IsolatedLimits, IsolatedWorker } from '../tensor';
import type { Screening } from './screening-worker';

/** The settings that say whether and how photos are screened; see `src/config`. */
export interface ScreeningSettings {
  readonly PHOTO_SCREENING: 'on' | 'off';
  readonly PHOTO_SCREENING_THRESHOLD: number;
}

/**
 * Refuses pornography with nsfwjs's MobileNet v2, in a worker thread that starts with the first photo. Swimwear and
 * underwear are goods: what the network calls "Sexy" is not refused.
 */
export class NsfwPhotoScreener implements PhotoScreener {
  private readonly worker: IsolatedWorker<DecodedPicture, Screening>;

  constructor(
    /** Probability of pornography, drawn or not, from which a photo is refused. */
    private readonly threshold: number,
    limits: IsolatedLimits & { readonly module?: string } = {},
  ) {
    const { module = workerModule(), ...rest } = limits;
    this.worker = new IsolatedWorker({ module, ...rest, name: 'screener', failure: 'PHOTO_SCREENING_FAILED' });
  }

  async refuses(picture: DecodedPicture, { signal }: { signal?: AbortSignal }): Promise<boolean> {
    const { Porn, Hentai } = await this.screen(picture, signal);
    return Porn + Hentai >= this.threshold;
  }

  /** What the network sees. Throws PHOTO_SCREENING_FAILED. */
  screen(picture: DecodedPicture, signal?: AbortSignal): Promise<Screening> {
    return this.worker.call(picture, signal);
  }

  close(): Promise<void> {
    return this.worker.close();
  }
}

/** The screener that the settings ask for; undefined where screening is off. */
export function createPhotoScreener(settings: ScreeningSettings): NsfwPhotoScreener | undefined {
  if (settings.PHOTO_SCREENING === 'off') return undefined;
  return new NsfwPhotoScreener(settings.PHOTO_SCREENING_THRESHOLD);
}

/** The compiled worker: beside this file, or where the build puts it while the source itself runs (under Jest). */
function workerModule(): string {
  const beside = join(__dirname, 'screening-worker.js');
  return existsSync(beside) ? beside : join(packageRoot(), 'dist', 'src', 'media', 'screening-worker.js');
}
