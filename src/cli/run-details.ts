import { cpus } from 'node:os';
import { basename } from 'node:path';
import type { RunDetails } from '../training';

/** What an evaluation was asked for. */
export interface EvaluationCommand {
  readonly catalogue: string;
  readonly queries: string;
  readonly validation?: string;
  readonly systems?: readonly string[];
  readonly seed: number;
  readonly report: string;
}

/** The last part of a path or of an address: neither folders nor what an address may hold of secrets. */
export function fileName(source: string): string {
  if (!/^https?:/i.test(source)) return basename(source);
  try {
    const { pathname, hostname } = new URL(source);
    return basename(pathname) || hostname;
  } catch {
    return 'address';
  }
}

export function runDetails(command: EvaluationCommand, now: Date, version: string): RunDetails {
  const files = {
    catalogue: fileName(command.catalogue),
    queries: fileName(command.queries),
    ...(command.validation !== undefined && { validation: fileName(command.validation) }),
  };
  const [cpu, ...others] = cpus();
  return {
    date: now.toISOString(),
    version,
    command: commandLine(command, files),
    files,
    machine: { cpu: cpu?.model.trim() || 'unknown', cores: cpu ? others.length + 1 : 0, node: process.versions.node },
  };
}

/** The command with file names in place of paths; arguments with other signs than usual in names are quoted. */
function commandLine({ systems, seed, report }: EvaluationCommand, files: RunDetails['files']): string {
  const parts = [
    ['--catalogue', files.catalogue],
    ['--queries', files.queries],
    ...(files.validation === undefined ? [] : [['--validation', files.validation]]),
    ...(systems === undefined ? [] : [['--systems', systems.join(',')]]),
    ['--seed', String(seed)],
    ['--report', fileName(report)],
  ];
  return `vitrine eval ${parts.map(([name, value = '']) => `${name} ${quoted(value)}`).join(' ')}`;
}

const quoted = (value: string) => (/^[\w.,+@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);
