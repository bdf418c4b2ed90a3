import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { writeReport } from '../../src/training';
import { barriersOf, faultsOf, launchBrowser } from '../support/browser';
import { hostileReport, RUN } from '../support/reports';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

let browser: Browser;
let folder: string;
let address: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-report-page-'));
  address = pathToFileURL(await writeReport(folder, await hostileReport(), RUN)).href;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

async function withPage<T>(
  options: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
  action: (page: Page, faults: string[]) => Promise<T>,
): Promise<T> {
  const { width, colorScheme } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, offline: true });
  try {
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(address);
    return await action(page, faults);
  } finally {
    await context.close();
  }
}

describe('the report in a browser', () => {
  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 390, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ] as const)('keeps nobody out and fits: %j', async (options) => {
    await withPage(options, async (page, faults) => {
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await barriersOf(page)).toEqual([]);
      const fits = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
      expect(await page.evaluate(fits)).toBe(true);
      expect(await page.title()).toContain('Evaluation of queries.jsonl');
      expect(faults).toEqual([]);
    });
  });

  it('sorts a table by keyboard, scores falling first, and says how', async () => {
    await withPage({ width: 1280, colorScheme: 'light' }, async (page) => {
      const table = page.locator('table.scores').first();
      const names = () => table.locator('tbody th').allTextContents();
      const before = await names();
      const head = table.getByRole('columnheader', { name: 'MRR' });
      await head.getByRole('button').focus();
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      expect((await names()).at(-1)).toBe('none');
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect((await names())[0]).toBe('none');
      await table.getByRole('button', { name: 'System' }).press('Enter');
      expect(await names()).toEqual(before);
      expect(await table.locator('[aria-sort]').count()).toBe(1);
    });
  });
});
