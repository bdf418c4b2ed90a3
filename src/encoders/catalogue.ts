import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { VitrineError } from '../domain';
import { pinOf } from './lock';
import { MANIFEST, type ModelEntry, readModelManifest } from './manifest';
import { checkFile, checkFiles, checkSize, type WrongFile } from './verify';

/** The settings that say which models there are and where; see `src/config`. */
export interface ModelSettings {
  readonly MODELS: 'starter' | 'hub' | 'none';
  readonly MODELS_DIR: string;
  readonly MODELS_CACHE: string;
}

/** A model and where its files are, or would be. */
export interface CatalogueModel {
  readonly entry: ModelEntry;
  readonly folder: string;
}

/** `present`: all files have their lengths. `broken`: some are missing or of another length. */
export type ModelState = 'present' | 'missing' | 'broken';

/** The models of the manifest, and what there is of them on this machine. */
export class ModelCatalogue {
  constructor(
    private readonly settings: ModelSettings,
    readonly models: readonly CatalogueModel[],
  ) {}

  /** What pulling pinned where the manifest leaves it open. */
  get lockFile(): string {
    return join(this.settings.MODELS_CACHE, 'lock.json');
  }

  /** Throws MODEL_UNKNOWN. */
  get(id: string): CatalogueModel {
    const model = this.models.find(({ entry }) => entry.id === id);
    if (!model) throw new VitrineError('MODEL_UNKNOWN', `There is no model "${id}".`);
    return model;
  }

  /** The text encoder that the setting MODELS names; undefined for `none`, and where the manifest lists none. */
  textModel(): CatalogueModel | undefined {
    return this.models.find(({ entry }) => entry.set === this.settings.MODELS && entry.kind === 'text');
  }

  /** The image encoder that the setting MODELS names, likewise. */
  imageModel(): CatalogueModel | undefined {
    return this.models.find(({ entry }) => entry.set === this.settings.MODELS && entry.pictures !== undefined);
  }

  /** The speech recogniser of a set; undefined where the manifest lists none. */
  speechModel(set: ModelEntry['set']): CatalogueModel | undefined {
    return this.models.find(({ entry }) => entry.set === set && entry.kind === 'speech');
  }

  /** The translator of the hub; undefined where the manifest lists none. */
  translationModel(): CatalogueModel | undefined {
    return this.models.find(({ entry }) => entry.set === 'hub' && entry.kind === 'translation');
  }

  /** What MODELS=hub needs: every hub model that isn't optional. */
  neededFromHub(): readonly CatalogueModel[] {
    return this.models.filter(({ entry }) => entry.set === 'hub' && !entry.optional);
  }

  /** Looks at lengths only; see `check`. */
  async state(model: CatalogueModel): Promise<ModelState> {
    const pin = await pinOf(model.entry, this.lockFile);
    if (!pin) return 'missing';
    const wrong = await checkFiles(model.folder, pin.files, checkSize);
    if (wrong.length === 0) return 'present';
    return wrong.length === pin.files.length && wrong.every(({ reason }) => reason === 'missing')
      ? 'missing'
      : 'broken';
  }

  /** Reads every byte; all files that are not as pinned. A model that was never pulled has all of them missing. */
  async check({ entry, folder }: CatalogueModel): Promise<readonly WrongFile[]> {
    const pin = await pinOf(entry, this.lockFile);
    if (!pin) return entry.files.map(({ path }) => ({ path, reason: 'missing' }));
    return checkFiles(folder, pin.files, checkFile);
  }
}

/**
 * Reads the manifest in the models folder. A folder without one has no models. Throws MODEL_MANIFEST_INVALID.
 */
export function modelCatalogue(settings: ModelSettings): ModelCatalogue {
  const entries = existsSync(join(settings.MODELS_DIR, MANIFEST)) ? readModelManifest(settings.MODELS_DIR) : [];
  const models = entries.map((entry) => ({
    entry,
    folder:
      entry.set === 'hub' ? join(settings.MODELS_CACHE, entry.id) : join(settings.MODELS_DIR, entry.folder ?? entry.id),
  }));
  return new ModelCatalogue(settings, models);
}
