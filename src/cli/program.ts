import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { packageRoot } from '../config';
import { ERRORS, messageOf, VitrineError } from '../domain';
import { registerAgent } from './agent';
import { registerBids } from './bids';
import { registerDemo } from './demo';
import { registerDoctor } from './doctor';
import { registerEval } from './eval';
import { registerEvents } from './events';
import { registerImport } from './import';
import { registerModels } from './models';
import { registerPrivacy } from './privacy';
import { registerReindex } from './reindex';
import { registerSearch } from './search';
import { registerServe } from './serve';
import { registerStock } from './stock';
import { registerTrain } from './train';

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

export function buildProgram(): Command {
  const program = new Command('vitrine')
    .description('A shopping assistant that people talk to in chat.')
    .version(readVersion())
    .showHelpAfterError('(add --help for what this command takes)')
    .addOption(new Option('--data-dir <folder>', 'folder of everything that is stored (DATA_DIR)'))
    .exitOverride();
  for (const register of [
    registerImport,
    registerSearch,
    registerDemo,
    registerServe,
    registerReindex,
    registerTrain,
    registerEval,
    registerModels,
    registerEvents,
    registerAgent,
    registerBids,
    registerPrivacy,
    registerStock,
    registerDoctor,
  ]) {
    register(program);
  }
  for (const command of program.commands.flatMap((each) => [each, ...each.commands]))
    command.exitOverride().showHelpAfterError('(add --help for what this command takes)');
  return program;
}

/** Runs the command line; returns the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    await buildProgram().parseAsync([...argv], { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof VitrineError) {
      process.stderr.write(`${error.message}\n${ERRORS[error.code].hint} [${error.code}]\n`);
      return error.code === 'CONFIG_INVALID' || error.code === 'QUERY_INVALID' ? EXIT.usage : EXIT.failed;
    }
    if ((error as { name?: string }).name === 'AbortError') {
      process.stderr.write('Stopped. Run the same command again to go on.\n');
      return EXIT.failed;
    }
    process.stderr.write(`Unexpected fault: ${messageOf(error)}\n`);
    if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return EXIT.failed;
  }
}

function readVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
