import type { Command } from 'commander';
import type { App } from '../app';
import { type MerchantEvent, PROFILE_DAYS, readMerchantEvent } from '../domain';
import { configOf, withApp } from './context';
import { RowProblems, rowsOf } from './rows';

/** Events of one transaction: each on its own would wait for the disk. */
const BATCH = 500;

type Read = Exclude<MerchantEvent, { problem: string }>;

export function registerEvents(program: Command): void {
  const command = program.command('events').description('what shoppers did outside of the chat');
  command
    .command('import')
    .description('read purchases, likes and views of shoppers who consented; one JSON object a line')
    .argument('<file>', 'JSON Lines: {"userId", "channel"?, "productId", "kind": "view|like|purchase", "at"?}')
    .action(async (file: string) => {
      await withApp(configOf(command), async (app, signal) => {
        const { stored, left, wrong } = await importEvents(app, file, signal);
        const why = `without consent or older than ${PROFILE_DAYS} days`;
        process.stdout.write(`${file}: ${stored} stored, ${left} left out (${why}), ${wrong} wrong\n`);
        if (wrong > 0 && stored + left === 0) process.exitCode = 1;
      });
    });
}

/** Reads events; a wrong line sinks no other. The same file twice stores nothing twice where its events say when they were. */
export async function importEvents(
  app: Pick<App, 'products' | 'profiles' | 'transactions'>,
  file: string,
  signal?: AbortSignal,
  now = Date.now(),
): Promise<{ readonly stored: number; readonly left: number; readonly wrong: number }> {
  const problems = new RowProblems();
  let [stored, left] = [0, 0];
  let batch: Read[] = [];
  const write = () => {
    const kept = app.transactions.atomically(
      () => batch.filter(({ shopper, event }) => app.profiles.record(shopper, event)).length,
    );
    stored += kept;
    left += batch.length - kept;
    batch = [];
  };
  for await (const { line, cells, problem } of rowsOf(file)) {
    signal?.throwIfAborted();
    const read = problem === undefined ? readLine(cells[0] ?? '', now) : { problem };
    if (read === undefined) continue;
    if ('problem' in read) problems.add(line, read.problem);
    else if (!app.products.get(read.event.productId)) problems.add(line, 'productId: there is no such product');
    else batch.push(read);
    if (batch.length === BATCH) write();
  }
  write();
  problems.finish();
  return { stored, left, wrong: problems.count };
}

/** Undefined for a blank line. */
function readLine(line: string, now: number): MerchantEvent | undefined {
  if (line.trim() === '') return undefined;
  try {
    return readMerchantEvent(JSON.parse(line), now);
  } catch {
    return { problem: 'not JSON' };
  }
}
