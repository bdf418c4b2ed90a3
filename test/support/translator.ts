import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageTranslator, type TranslationSettings } from '../../src/encoders';
import { REVISION } from './hub';
import { tinyEntry, tinyFolder, writeModels } from './models';

/** The tiny translator (English, German and Chinese, a dozen words) as a model that was pulled from the hub. */
export class TinyTranslator {
  private readonly dir = mkdtempSync(join(tmpdir(), 'vitrine-translator-'));
  readonly settings: TranslationSettings = {
    MODELS: 'none',
    TRANSLATION: 'hub',
    MODELS_DIR: join(this.dir, 'models'),
    MODELS_CACHE: join(this.dir, 'cache'),
  };
  /** Where its files are. */
  readonly folder = join(this.settings.MODELS_CACHE, 'm2m-like');

  constructor() {
    const { folder: _, ...entry } = tinyEntry('m2m-like', { kind: 'translation', space: null, dimensions: null });
    writeModels(this.settings.MODELS_DIR, [{ ...entry, set: 'hub', repository: 'tiny/m2m-like', revision: REVISION }]);
    cpSync(tinyFolder('m2m-like'), this.folder, { recursive: true });
  }

  open(limits: Parameters<typeof createMessageTranslator>[1] = {}) {
    const translator = createMessageTranslator(this.settings, limits);
    if (!translator) throw new Error('there is no translator');
    return translator;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
