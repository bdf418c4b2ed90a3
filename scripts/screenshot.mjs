// Takes README's picture from the running page: npm start, then node scripts/screenshot.mjs [address] [file]
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const address = process.argv[2] ?? 'http://localhost:3978';
const file = process.argv[3] ?? join(root, 'docs', 'chat.png');
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await browser.newPage({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
await page.goto(address);
const box = page.locator('.send-box textarea');
await box.fill('a waterproof backpack for kids, not too expensive');
await box.press('Enter');
await page.locator('.carousel article img').first().waitFor();
await page.waitForLoadState('networkidle');
await page.waitForTimeout(1_000);
mkdirSync(dirname(file), { recursive: true });
await page.screenshot({ path: file });
await browser.close();
