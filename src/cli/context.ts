import type { Command } from 'commander';
import { type App, type AppOverrides, createApp } from '../app';
import { type Config, loadConfig, type SettingName } from '../config';

/** Settings of the command line's global options, then environment and file. */
export function configOf(command: Command, more: Partial<Record<SettingName, unknown>> = {}): Config {
  const { dataDir } = command.optsWithGlobals<{ dataDir?: string }>();
  return loadConfig({ ...(dataDir !== undefined && { DATA_DIR: dataDir }), ...more });
}

/** Runs an action that Ctrl-C stops: once aborts the signal, twice ends at once. */
export async function untilStopped<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await action(controller.signal);
  } catch (error) {
    // Whatever a stop broke: it was the stop.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Opens the app for one command and closes it, whatever happens. */
export async function withApp<T>(
  config: Config,
  action: (app: App, signal: AbortSignal) => Promise<T>,
  overrides: AppOverrides = {},
): Promise<T> {
  return untilStopped(async (signal) => {
    const app = createApp(config, overrides);
    try {
      return await action(app, signal);
    } finally {
      await app.close();
    }
  });
}
