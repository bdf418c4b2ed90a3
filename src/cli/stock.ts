import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { App } from '../app';
import {
  DEMAND_DAYS,
  type LowStock,
  type PurchasingItem,
  type StockLimit,
  type StockReport,
  VitrineError,
} from '../domain';
import { configOf, withApp } from './context';

interface StockFlags {
  readonly below?: number;
  readonly days?: number;
  readonly limit: number;
  readonly json?: boolean;
  readonly csv?: string;
  readonly notify?: boolean;
}

const COLUMNS = [
  'id',
  'title',
  'sold_out',
  'quantity',
  'days_left',
  'purchases',
  'in_baskets',
  'looks',
  'waiting',
  'substitutes',
] as const;

export function registerStock(program: Command): void {
  const command = program
    .command('stock')
    .description(
      `what is sold out or runs low by the demand of the last ${DEMAND_DAYS} days, with what can be bought instead`,
    )
    .option('--below <pieces>', 'low is what has fewer pieces than this', whole(1, 1_000_000))
    .option('--days <days>', 'low is what lasts fewer days than this (STOCK_DAYS)', whole(1, 365))
    .option('--limit <number>', 'how many products are listed', whole(1, 10_000), 50)
    .option('--json', 'print the list as JSON')
    .option('--csv <file>', 'write the list to this file')
    .option('--notify', 'tell purchasing (STOCK_WEBHOOK) of what it was not told of since it was restocked')
    .action(async (flags: StockFlags) => {
      if (flags.below !== undefined && flags.days !== undefined)
        throw new VitrineError('QUERY_INVALID', 'either --below or --days');
      const config = configOf(command);
      if (flags.notify && config.STOCK_WEBHOOK === '')
        throw new VitrineError('CONFIG_INVALID', '--notify needs STOCK_WEBHOOK: the address of purchasing');
      const limit = flags.below === undefined ? { days: flags.days ?? config.STOCK_DAYS } : { below: flags.below };
      await withApp(config, (app, signal) => stock(app, limit, flags, signal));
    });
}

async function stock(
  { stock: shelves }: Pick<App, 'stock'>,
  limit: StockLimit,
  flags: StockFlags,
  signal: AbortSignal,
): Promise<void> {
  const report = await shelves.report(limit, signal);
  const items: PurchasingItem[] = [];
  for (const each of report.low.slice(0, flags.limit)) items.push(await shelves.itemOf(each, signal));
  if (flags.csv !== undefined) writeCsv(flags.csv, items);
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...counts(report), items }, null, 2)}\n`);
  else process.stdout.write(textOf(report, flags.csv === undefined ? items : [], limit));
  if (!flags.notify) return;
  const told = await shelves.tellPurchasing(report, signal);
  const line = told > 0 ? `Purchasing was told of ${told}.` : 'Purchasing was told of all of it before.';
  process.stderr.write(`${line}\n`);
}

function counts({ low, products, withoutNumber }: StockReport) {
  const soldOut = low.filter((each) => each.soldOut).length;
  return { products, soldOut, low: low.length - soldOut, withoutNumber };
}

function textOf(report: StockReport, items: readonly PurchasingItem[], limit: StockLimit): string {
  const { products, soldOut, low, withoutNumber } = counts(report);
  const what =
    'below' in limit
      ? `have fewer than ${limit.below} pieces`
      : `last less than ${limit.days} days by the demand of the last ${DEMAND_DAYS}`;
  const lines = [
    `${products} products: ${soldOut} sold out, ${low} ${what}.`,
    ...(withoutNumber > 0 ? [unknown(withoutNumber, products)] : []),
    ...items.map((item, index) => itemText(item, index, report.low[index])),
    ...(items.length > 0 && report.low.length > items.length
      ? [`… and ${report.low.length - items.length} more (--limit)`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Nothing is guessed where the feed says nothing. */
function unknown(count: number, products: number): string {
  const whose =
    count === products ? 'The feed says of no product' : `Of ${count} of ${products} products the feed doesn't say`;
  return `${whose} how many pieces there are: whether ${count === 1 ? 'it runs' : 'they run'} low is not known until they are sold out.`;
}

function itemText(item: PurchasingItem, index: number, low: LowStock | undefined): string {
  const { purchases, inBaskets, looks } = item.demand;
  const stands = item.soldOut
    ? 'sold out'
    : `${item.quantity} left${low?.daysLeft === undefined ? '' : `, about ${item.daysLeft} days`}`;
  const wanted = [
    ...(item.waiting > 0 ? [`${item.waiting} waiting`] : []),
    `${purchases} bought`,
    `${inBaskets} in baskets`,
    `${looks} looks`,
  ];
  const instead = item.substitutes.map(({ id, title }) => `${title} [${id}]`).join(', ');
  return [
    `${String(index + 1).padStart(3)}. ${item.title}  [${item.id}]`,
    `     ${stands} · ${wanted.join(' · ')}`,
    ...(instead === '' ? [] : [`     instead: ${instead}`]),
  ].join('\n');
}

/** Throws QUERY_INVALID for a file that can't be written. */
function writeCsv(file: string, items: readonly PurchasingItem[]): void {
  try {
    writeFileSync(file, csvOf(items));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new VitrineError('QUERY_INVALID', `--csv ${file}: it can't be written (${code})`, { cause: error });
  }
}

function csvOf(items: readonly PurchasingItem[]): string {
  const rows = items.map(({ id, title, soldOut, quantity, daysLeft, demand, waiting, substitutes }) => [
    ...[id, title, soldOut ? 'yes' : 'no', quantity ?? '', daysLeft ?? ''],
    ...[demand.purchases, demand.inBaskets, demand.looks, waiting],
    substitutes.map((each) => each.id).join(' '),
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map((cell) => csvCell(String(cell))).join(',')}\r\n`).join('');
}

/** Quoted where it must be; what a spreadsheet would take for a formula is text. */
function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
}

function whole(least: number, most: number) {
  return (value: string): number => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
    return number;
  };
}
