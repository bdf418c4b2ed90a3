import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, VitrineError } from '../../domain';
import type { DialogReport, EvaluationReport } from '../evaluation';
import { dialogFigures, dialogPage } from './dialog-page';
import { reportPage } from './page';
import type { RunDetails } from './run-details';

const PAGE = 'index.html';
const DATA = 'report.json';

/**
 * Makes the folder of a report where there is none, so that an evaluation isn't done in vain. Throws REPORT_NOT_WRITTEN
 * where it is a file or can't be made.
 */
export async function prepareReportFolder(folder: string): Promise<void> {
  try {
    const found = await stat(folder).catch(() => undefined);
    if (found && !found.isDirectory())
      throw new VitrineError('REPORT_NOT_WRITTEN', `${folder} is a file, not a folder`);
    await mkdir(folder, { recursive: true });
    // Whether it can be written is known only once it was.
    const trial = join(folder, `.${PAGE}.${suffix()}`);
    await writeFile(trial, '');
    await rm(trial);
  } catch (error) {
    throw asReportError(folder, error);
  }
}

/**
 * Writes the report as a page and as JSON (the report's fields and `run`) into a folder, replacing those of before: each
 * is there whole or not at all. Returns the page's path. Throws REPORT_NOT_WRITTEN.
 */
export async function writeReport(folder: string, report: EvaluationReport, run: RunDetails): Promise<string> {
  return writeFiles(folder, {
    [DATA]: `${JSON.stringify({ run, ...report }, null, 1)}\n`,
    [PAGE]: reportPage(report, run),
  });
}

/**
 * Writes what came of conversations as a page, as figures for a spreadsheet and as JSON into a folder, likewise. `date` is
 * when they were held. Throws REPORT_NOT_WRITTEN.
 */
export async function writeDialogReport(folder: string, report: DialogReport, date: Date): Promise<string> {
  return writeFiles(folder, {
    [DATA]: `${JSON.stringify({ date: date.toISOString(), ...report }, null, 1)}\n`,
    'figures.csv': dialogFigures(report),
    [PAGE]: dialogPage(report, date),
  });
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  await prepareReportFolder(folder);
  try {
    for (const [name, content] of Object.entries(files)) await writeBeside(join(folder, name), content);
  } catch (error) {
    throw asReportError(folder, error);
  }
  return join(folder, PAGE);
}

const suffix = () => `${randomBytes(4).toString('hex')}.partial`;

async function writeBeside(file: string, content: string): Promise<void> {
  const partial = `${file}.${suffix()}`;
  try {
    await writeFile(partial, content, { flush: true });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function asReportError(folder: string, error: unknown): VitrineError {
  if (error instanceof VitrineError) return error;
  return new VitrineError('REPORT_NOT_WRITTEN', `${folder} cannot be written: ${messageOf(error)}`, { cause: error });
}
