import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, VitrineError } from '../../domain';
import type { EvaluationReport } from '../evaluation';
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
  await prepareReportFolder(folder);
  const page = join(folder, PAGE);
  try {
    await writeBeside(join(folder, DATA), `${JSON.stringify({ run, ...report }, null, 1)}\n`);
    await writeBeside(page, reportPage(report, run));
  } catch (error) {
    throw asReportError(folder, error);
  }
  return page;
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
