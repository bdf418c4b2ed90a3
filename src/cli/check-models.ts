import type { Config } from '../config';
import { messageOf } from '../domain';
import { type CatalogueModel, type ModelCatalogue, modelCatalogue } from '../encoders';
import type { Check } from './check';

const NO_TRANSLATOR = 'words are shown as they were written';

/** Whether the encoders that MODELS names are there, every byte of them, and what is missed without them. */
export async function checkModels(config: Config): Promise<Check[]> {
  try {
    const catalogue = modelCatalogue(config);
    const check = (name: string, model: CatalogueModel | undefined, without: string) =>
      model
        ? checkModel(name, catalogue, model, without)
        : { name, state: 'note' as const, detail: `none (MODELS=${config.MODELS}): ${without}` };
    return [
      await check('models', catalogue.textModel(), 'search works by words and attributes alone'),
      await check('image encoder', catalogue.imageModel(), "photos can't be searched"),
      ...(config.TRANSLATION === 'off' ? [] : [await check('translator', catalogue.translationModel(), NO_TRANSLATOR)]),
    ];
  } catch (error) {
    const advice = 'correct manifest.json (MODELS_DIR)';
    return [{ name: 'models', state: 'fail', detail: messageOf(error), advice }];
  }
}

async function checkModel(
  name: string,
  catalogue: ModelCatalogue,
  model: CatalogueModel,
  without: string,
): Promise<Check> {
  const { id, set, optional } = model.entry;
  const [wrong] = await catalogue.check(model);
  if (!wrong) return { name, state: 'ok', detail: `${id} (MODELS=${set})` };
  const detail = `${id}: ${wrong.path}: ${wrong.reason}; ${without}`;
  const advice =
    set === 'hub' ? `run "vitrine models pull${optional ? ` ${id}` : ''}"` : 'restore the file, or set MODELS=none';
  return { name, state: 'fail', detail, advice };
}
