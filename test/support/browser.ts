import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser without a window. */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: [...FLAGS, ...flags] });
}

/** Notes everything that goes wrong in a page: errors, messages of the console, dialogs. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return faults;
}

/** Waits until an expression is true in a page. Playwright's own way needs `eval`, which the page's policy forbids. */
export async function holds(page: Page, expression: string): Promise<void> {
  while (!(await page.evaluate(expression))) await page.waitForTimeout(50);
}

/** What axe finds that keeps people out: serious and critical violations. */
export async function barriersOf(page: Page): Promise<string[]> {
  // What is fading in has less contrast than it will have.
  await holds(page, 'document.getAnimations().every(({ playState }) => playState === "finished")');
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** True when nothing sticks out at the side. */
export async function fitsWidth(page: Page): Promise<boolean> {
  const box = '[document.documentElement, document.querySelector(".transcript")]';
  return page.evaluate(`${box}.every((part) => part.scrollWidth <= part.clientWidth)`);
}

/** Writes a message and sends it by the keyboard. */
export async function say(page: Page, words: string): Promise<void> {
  const box = page.locator('.send-box textarea');
  await box.fill(words);
  await box.press('Enter');
}

/** Waits for a bubble with these words. */
export async function told(page: Page, words: string | RegExp): Promise<void> {
  await page.locator('.message-bot .bubble', { hasText: words }).last().waitFor();
}
