import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { App } from '../app';
import { packageRoot } from '../config';
import { isLanguage, LANGUAGES, type Language, VitrineError } from '../domain';
import {
  DIALOG_SETS,
  type DialogScript,
  type DialogSet,
  type DialogShop,
  formatDialogs,
  type PlayedDialog,
  playDialog,
  prepareReportFolder,
  readDialogs,
  reportDialogs,
  writeDialogReport,
} from '../training';
import { configOf, untilStopped } from './context';
import { withDemoShop } from './demo-shop';
import { dialogShopOf } from './dialog-shop';
import { Progress } from './progress';

/** What is said of faults that turns survived: on a busy machine the figures are not those of an idle one. */
const WITHOUT =
  'A part of the assistant (such as an encoder) failed or was too slow, and the answer was made without it';

interface DialogFlags {
  readonly set: DialogSet;
  readonly lang?: readonly Language[];
  readonly only?: string;
  readonly report?: string;
  readonly json?: boolean;
}

function languageList(value: string): readonly Language[] {
  const languages = value.split(',').map((each) => each.trim());
  if (!languages.every(isLanguage))
    throw new InvalidArgumentError(`languages separated by commas, of: ${LANGUAGES.join(', ')}`);
  return languages;
}

/** `vitrine eval dialogs`: a simulated shopper talks to the assistant. */
export function registerEvalDialogs(evaluation: Command): void {
  const command = evaluation
    .command('dialogs')
    .description(
      'play scripted conversations of a simulated shopper with the assistant, over the demo catalogue in a throwaway shop',
    )
    .addOption(new Option('--set <name>', 'which conversations').choices(DIALOG_SETS).default('validation'))
    .option('--lang <languages>', 'only conversations in these languages, separated by commas', languageList)
    .option('--only <id>', 'only the conversation of this id')
    .option(
      '--report <folder>',
      'write a page (index.html), figures (figures.csv) and JSON (report.json) into a folder',
    )
    .option('--json', 'print the whole report as JSON')
    .action(async () => {
      // "eval" knows --report and --json, too, and takes them.
      const flags = command.optsWithGlobals<DialogFlags>();
      const config = configOf(command);
      const scripts = chosen(flags);
      if (flags.report !== undefined) await prepareReportFolder(flags.report);
      const played = await untilStopped((signal) =>
        withDemoShop(config.DATA_DIR, signal, async (app) => {
          const shop = dialogShopOf(app);
          await warm(app, shop);
          let survived = 0;
          app.observer.current = {
            step: () => undefined,
            fault: () => {
              survived += 1;
            },
          };
          const dialogs = await playAll(shop, scripts, signal);
          if (survived > 0) process.stderr.write(`${WITHOUT}: ${survived} times.\n`);
          return dialogs;
        }),
      );
      const report = reportDialogs(flags.set, played);
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : formatDialogs(report));
      if (flags.report === undefined) return;
      process.stderr.write(`Report: ${await writeDialogReport(flags.report, report, new Date())}\n`);
    });
}

/** Loads what a server has loaded when it has run for a while: else the first photo's answer is made without some of it. */
async function warm(app: App, shop: DialogShop): Promise<void> {
  await Promise.all([app.encoder?.encode([], {}), app.knowledge.warm()]);
  const session = await shop.open('warm', 'en');
  await session.say({ text: '', photo: await shop.photoOf({ kind: 'mug' }, 'warm') });
}

/** Throws QUERY_INVALID where no conversation is called so. */
function chosen({ set, lang, only }: DialogFlags): DialogScript[] {
  const all = readDialogs(join(packageRoot(), 'test', 'fixtures', 'dialogs'), set, lang);
  const scripts = only === undefined ? all : all.filter(({ id }) => id === only);
  if (scripts.length === 0) throw new VitrineError('QUERY_INVALID', `${set} has no conversation ${only}`);
  return scripts;
}

/** Plays conversations one after the other. */
export async function playAll(
  shop: DialogShop,
  scripts: readonly DialogScript[],
  signal?: AbortSignal,
): Promise<PlayedDialog[]> {
  const bar = new Progress('Conversations');
  const played: PlayedDialog[] = [];
  try {
    for (const script of scripts) {
      signal?.throwIfAborted();
      played.push(await playDialog(shop, script));
      bar.update(played.length, scripts.length);
    }
  } finally {
    bar.stop();
  }
  return played;
}
