import type { Command } from 'commander';
import type { App } from '../app';
import { type PrivacyScope, VitrineError, type Whom } from '../domain';
import { takeLock } from '../storage';
import { configOf, withApp } from './context';
import { writeExport } from './write-export';

interface PrivacyFlags {
  readonly channel?: string;
  readonly conversation?: string;
}

export function registerPrivacy(program: Command): void {
  const command = program.command('privacy').description('what is kept of a shopper: export it, or erase it');
  const about = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .argument('[user]', 'the shopper’s id on their channel')
      .option('--channel <channel>', 'the channel, where the id is known on several (directline, msteams …)')
      .option('--conversation <id>', 'the shopper of a conversation instead: the page gives each a user id of its own');
  about('export', 'write everything that is kept of a shopper, files included, as one JSON file')
    .option('--out <file>', 'the file; - is standard output', '-')
    .action(async (user: string | undefined, { out, ...flags }: PrivacyFlags & { out: string }) => {
      await withApp(configOf(command), async (app) => {
        const scope = scopeOf(app, user, flags);
        if (scope) await writeExport(app, scope, out);
        else sayUnknown(user, flags);
      });
    });
  about(
    'erase',
    'erase everything that is kept of a shopper, and of devices paired with theirs; a server may be running',
  ).action(async (user: string | undefined, flags: PrivacyFlags) => {
    await withApp(configOf(command), async (app) => {
      const scope = scopeOf(app, user, flags);
      if (scope) {
        await eraseScope(app, scope);
        return;
      }
      // An erase that was stopped may have left traces of rows that are gone.
      await app.eraser.scrub();
      sayUnknown(user, flags);
    });
  });
}

/** Whom the arguments name; undefined where nothing is kept of them. Throws QUERY_INVALID for nobody, or for several. */
export function scopeOf(
  { privacy }: Pick<App, 'privacy'>,
  user: string | undefined,
  { channel, conversation }: PrivacyFlags,
): PrivacyScope | undefined {
  if ((user === undefined) === (conversation === undefined)) {
    throw new VitrineError('QUERY_INVALID', 'name a user, or a conversation with --conversation');
  }
  const whom: Whom =
    conversation !== undefined ? { conversation } : { userId: user ?? '', ...(channel !== undefined && { channel }) };
  const [scope, ...others] = privacy.find(whom);
  if (others.length === 0) return scope;
  const found = [scope, ...others].flatMap((each) => each ?? []);
  if (conversation !== undefined) {
    const ids = found.flatMap(({ conversations }) => conversations.filter((key) => key.endsWith(conversation)));
    throw new VitrineError('QUERY_INVALID', `several conversations have this id: give one of ${ids.join(', ')}`);
  }
  const channels = found.map((each) => each.shopper?.channel).join(', ');
  throw new VitrineError('QUERY_INVALID', `${user} is known on several channels: add --channel, one of ${channels}`);
}

async function eraseScope({ config, eraser, audit }: App, scope: PrivacyScope): Promise<void> {
  const lock = unlessServing(config.DATA_DIR);
  try {
    const { rows, files, waiting } = await eraser.erase(scope, { serving: lock === undefined });
    audit.add({ action: 'erase', result: 'done', detail: `${rows} rows, ${files} files` });
    const { conversations, paired = [] } = scope;
    const count = paired.reduce((sum, other) => sum + other.conversations.length, conversations.length);
    const others = paired.length > 0 ? `, and of ${paired.length} who shared a basket with them` : '';
    process.stdout.write(`Erased: ${rows} rows and ${files} files of ${count} conversations${others}.\n`);
    if (waiting > 0) {
      process.stdout.write(`${waiting} messages came meanwhile and are kept: run it again to erase them, too.\n`);
    }
  } finally {
    lock?.release();
  }
}

/** Keeps servers from starting; undefined where one is running. */
function unlessServing(dataDir: string): ReturnType<typeof takeLock> | undefined {
  try {
    return takeLock(dataDir, 'serve');
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'DATA_DIR_LOCKED') return undefined;
    throw error;
  }
}

function sayUnknown(user: string | undefined, { channel, conversation }: PrivacyFlags): void {
  const where = channel === undefined ? '' : ` on ${channel}`;
  process.stderr.write(`Nothing is kept of ${conversation === undefined ? user : 'the conversation'}${where}.\n`);
  process.exitCode = 1;
}
