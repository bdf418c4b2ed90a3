import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EvaluationReport, prepareReportFolder, writeReport } from '../../src/training';
import { hostileReport, RUN } from '../support/reports';

let report: EvaluationReport;
let folder: string;
beforeAll(async () => {
  report = await hostileReport();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeReport', () => {
  it('makes the folder and writes page and JSON, nothing else', async () => {
    const target = join(folder, 'new', 'deep');
    expect(await writeReport(target, report, RUN)).toBe(join(target, 'index.html'));
    expect(readdirSync(target).sort()).toEqual(['index.html', 'report.json']);
    expect(JSON.parse(readFileSync(join(target, 'report.json'), 'utf8'))).toEqual({ run: RUN, ...report });
    expect(readFileSync(join(target, 'index.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('replaces a report of before', async () => {
    writeFileSync(join(folder, 'index.html'), 'old');
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    await writeReport(folder, report, RUN);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).not.toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['index.html', 'mine.txt', 'report.json']);
  });

  it('leaves nothing half written where a part cannot be replaced', async () => {
    mkdirSync(join(folder, 'index.html'));
    await expect(writeReport(folder, report, RUN)).rejects.toMatchObject({ code: 'REPORT_NOT_WRITTEN' });
    expect(readdirSync(folder).sort()).toEqual(['index.html', 'report.json']);
  });
});

describe('prepareReportFolder', () => {
  it.each([[[]], [['below']]])('refuses a path that is a file, or goes through one: %j', async (below) => {
    const file = join(folder, 'file');
    writeFileSync(file, 'kept');
    const refused = prepareReportFolder(join(file, ...below));
    await expect(refused).rejects.toMatchObject({ code: 'REPORT_NOT_WRITTEN' });
    await expect(refused).rejects.toThrow(/file/);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });
});
