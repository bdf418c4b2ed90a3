import type { Command } from 'commander';
import type { App } from '../app';
import { type Bid, messageOf, parseAmount, VitrineError } from '../domain';
import { configOf, withApp } from './context';
import { RowProblems, rowsOf } from './rows';

const COLUMNS = ['id', 'bid', 'currency'] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

export function registerBids(program: Command): void {
  const command = program.command('bids').description('what products pay for a marked place (see SPONSORED)');
  command
    .command('import')
    .description('set bids by product; a bid of 0 takes one away')
    .argument('<file>', 'CSV with the columns id, bid and, where it is not the shop’s, currency')
    .action(async (file: string) => {
      const config = configOf(command);
      await withApp(config, async (app) => {
        const { set, wrong } = await importBids(app, file);
        const off = config.SPONSORED === 'off' ? '; SPONSORED is off: no place is sold yet' : '';
        process.stdout.write(`${file}: ${set} set, ${wrong} wrong; ${app.bids.count()} products bid${off}\n`);
        if (wrong > 0 && set === 0) process.exitCode = 1;
      });
    });
}

/** Reads bids and sets all that are right at once. Throws BIDS_BROKEN for a file without the columns. */
export async function importBids(
  app: Pick<App, 'products' | 'bids' | 'config'>,
  file: string,
): Promise<{ readonly set: number; readonly wrong: number }> {
  const problems = new RowProblems();
  const bids: Bid[] = [];
  let places: readonly number[] | undefined;
  for await (const { line, cells, problem } of rowsOf(file, ',')) {
    if (problem !== undefined) problems.add(line, problem);
    else if (!places) places = placesOf(cells);
    else if (cells.some((cell) => cell.trim() !== '')) {
      const row: Row = Object.fromEntries(COLUMNS.map((name, i) => [name, cells[places?.[i] ?? -1]?.trim()]));
      const read = bidOf(row, app);
      if (typeof read === 'string') problems.add(line, read);
      else bids.push(read);
    }
  }
  if (!places) throw new VitrineError('BIDS_BROKEN', `${file} is empty`);
  app.bids.set(bids);
  problems.finish();
  return { set: bids.length, wrong: problems.count };
}

/** Where the header has each of the columns; −1 for a currency that isn't there. */
function placesOf(header: readonly string[]): number[] {
  const names = header.map((cell) => cell.trim().toLowerCase());
  const missing = ['id', 'bid'].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new VitrineError('BIDS_BROKEN', `the header lacks ${missing.join(' and ')}`);
  return COLUMNS.map((name) => names.indexOf(name));
}

/** A row's bid, or what is wrong with it. */
function bidOf(
  { id = '', bid = '', currency }: Row,
  { products, config }: Pick<App, 'products' | 'config'>,
): Bid | string {
  if (!products.get(id)) return 'id: there is no such product';
  const code = (currency || config.CURRENCY).toUpperCase();
  if (code !== config.CURRENCY && config.EXCHANGE_RATES[code] === undefined) {
    return 'currency: EXCHANGE_RATES has no rate for it';
  }
  try {
    const amount = parseAmount(bid, code);
    return amount ? { productId: id, amount } : 'bid: not an amount such as 0.25';
  } catch (error) {
    return `currency: ${messageOf(error)}`;
  }
}
