import { type Command, Option } from 'commander';
import type { Config } from '../config';
import { VitrineError } from '../domain';
import { type CatalogueModel, type ModelCatalogue, modelCatalogue, pullModel } from '../encoders';
import { GuardedDownloader } from '../media';
import { takeLock } from '../storage';
import { configOf, untilStopped } from './context';
import { Progress } from './progress';
import { registerTrainLanguage } from './train-language';
import { registerTrainText } from './train-text';

export function registerModels(program: Command): void {
  const command = program.command('models').description('see, fetch and check the models');
  command
    .command('list')
    .description('every model, and whether it is here')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => {
      const catalogue = modelCatalogue(configOf(command));
      const rows = await Promise.all(catalogue.models.map((model) => describe(catalogue, model)));
      process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows.map(cellsOf)));
    });
  command
    .command('pull')
    .description('fetch models of the hub; a fetch that was cut goes on where it was')
    .argument('[ids...]', 'models to fetch; those that MODELS=hub needs where none is named')
    .addOption(new Option('--all', 'the optional ones too'))
    .action((ids: string[], options: { all?: true }) => pull(configOf(command), ids, options.all === true));
  command
    .command('verify')
    .description('read every byte of the models that are here, and name each wrong file')
    .argument('[ids...]', 'models to check')
    .action(async (ids: string[]) => {
      if (!(await verify(modelCatalogue(configOf(command)), ids))) process.exitCode = 1;
    });
  registerTrainText(command);
  registerTrainLanguage(command);
}

async function pull(config: Config, ids: readonly string[], all: boolean): Promise<void> {
  const catalogue = modelCatalogue(config);
  const chosen = ids.length > 0 ? ids.map((id) => catalogue.get(id)) : wanted(catalogue, all);
  for (const { entry } of chosen) {
    if (entry.set !== 'hub')
      throw new VitrineError('QUERY_INVALID', `"${entry.id}" is no hub model: it is part of Vitrine.`);
  }
  const lock = takeLock(config.MODELS_CACHE, 'write');
  const downloader = new GuardedDownloader({ allowPrivate: config.DOWNLOAD_ALLOW_PRIVATE });
  try {
    await untilStopped(async (signal) => {
      for (const { entry, folder } of chosen) {
        const bars = new Bars();
        const tools = { hub: config.MODELS_HUB_URL, downloader, lockFile: catalogue.lockFile, signal };
        try {
          const { fetched, kept } = await pullModel(entry, folder, { ...tools, onProgress: bars.update });
          bars.stop();
          process.stdout.write(`${entry.id}: ${fetched} files fetched, ${kept} were here already\n`);
        } finally {
          bars.stop();
        }
      }
    });
  } finally {
    lock.release();
  }
}

function wanted(catalogue: ModelCatalogue, all: boolean): readonly CatalogueModel[] {
  return all ? catalogue.models.filter(({ entry }) => entry.set === 'hub') : catalogue.neededFromHub();
}

/** One bar a file. */
class Bars {
  private current: { readonly path: string; readonly bar: Progress } | undefined;

  readonly update = (path: string, bytes: number, total: number): void => {
    if (this.current?.path !== path) {
      this.stop();
      this.current = { path, bar: new Progress(path) };
    }
    this.current.bar.update(bytes, total);
  };

  stop(): void {
    this.current?.bar.stop();
    this.current = undefined;
  }
}

/** Checks the named models, or all of which something is here; true when all is well. */
async function verify(catalogue: ModelCatalogue, ids: readonly string[]): Promise<boolean> {
  const chosen = ids.length > 0 ? ids.map((id) => catalogue.get(id)) : catalogue.models;
  let well = true;
  for (const model of chosen) {
    const { id, set } = model.entry;
    if (ids.length === 0 && set === 'hub' && (await catalogue.state(model)) === 'missing') {
      process.stdout.write(`${id}: not pulled\n`);
      continue;
    }
    const wrong = await catalogue.check(model);
    if (wrong.length === 0) process.stdout.write(`${id}: all files are right\n`);
    for (const { path, reason } of wrong) process.stdout.write(`${id}: ${path}: ${reason}\n`);
    well &&= wrong.length === 0;
  }
  return well;
}

async function describe(catalogue: ModelCatalogue, model: CatalogueModel) {
  const { id, kind, set, space, dimensions, files, licence, languages, quality, revision, note } = model.entry;
  const known = files.map(({ bytes }) => bytes).filter((bytes) => bytes !== null);
  return {
    id,
    kind,
    set,
    space,
    dimensions,
    bytes: known.reduce((sum, bytes) => sum + bytes, 0),
    licence,
    languages,
    revision,
    state: await catalogue.state(model),
    quality,
    ...(note !== undefined && { note }),
  };
}

function cellsOf(row: Awaited<ReturnType<typeof describe>>): readonly string[] {
  const { id, kind, set, dimensions, bytes, licence, languages, state, quality } = row;
  return [
    id,
    kind,
    set,
    dimensions === null ? '–' : String(dimensions),
    `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`,
    licence,
    languages === 'many' ? languages : languages.join(' '),
    state,
    typeof quality.headline === 'string' ? quality.headline : '–',
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const all = [['id', 'kind', 'set', 'width', 'size', 'licence', 'languages', 'state', 'quality'], ...rows];
  const widths = (all[0] ?? []).map((_, column) =>
    all.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return all.map((row) => `${line(row).trimEnd()}\n`).join('');
}
