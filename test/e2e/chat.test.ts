import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
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

let server: ChildProcess;
let browser: Browser;
let address: string;

beforeAll(async () => {
  server = spawn(process.execPath, [MAIN, 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATA_DIR: process.env.VITRINE_TEST_DEMO, LOG_LEVEL: 'error' },
  });
  address = await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      const match = /http:\/\/localhost:\d+/.exec(chunk.toString());
      if (match) resolve(match[0]);
    });
  });
  browser = await chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: FLAGS });
});

afterAll(async () => {
  await browser?.close();
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
});

async function open(locale: string): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ locale, viewport: { width: 1280, height: 860 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(address);
  return { page, faults };
}

async function say(page: Page, words: string): Promise<void> {
  const box = page.locator('.webchat__send-box-text-box__input, [data-testid="send box text area"]').first();
  await box.fill(words);
  await box.press('Enter');
}

/** Waits for a bubble with these words. */
async function told(page: Page, words: string | RegExp): Promise<void> {
  await page.locator('p.webchat__text-content', { hasText: words }).last().waitFor();
}

/** Waits for the cards of the last answer and returns their texts. */
async function lastCards(page: Page, text: string): Promise<string[]> {
  await told(page, text);
  const carousel = page.locator('.webchat__carousel-layout, .webchat__carousel-filmstrip').last();
  await carousel.locator('img').first().waitFor();
  return carousel.locator('.webchat__carousel-filmstrip__attachment, .react-film__filmstrip__item').allInnerTexts();
}

it('an English shopper types and sees the right cards', async () => {
  const { page, faults } = await open('en-GB');
  await told(page, 'Tell me what you are looking for, for example');
  await say(page, 'yellow backpack');
  const cards = await lastCards(page, 'Here is what I found');
  expect(cards.length).toBeGreaterThan(2);
  expect(cards[0]).toMatch(/backpack/i);
  expect(cards[0]).toMatch(/€/);
  expect(cards[0]).toMatch(/★/);
  const image = page.locator('img[src*="/pictures/"]').first();
  await expect(
    image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth),
  ).resolves.toBeGreaterThan(100);
  expect(faults).toEqual([]);
  await page.close();
});

it('a Chinese shopper types and sees the right cards, in Chinese', async () => {
  const { page } = await open('zh-CN');
  await told(page, '请告诉我您想找什么');
  await say(page, '便宜的红色吉他');
  const cards = await lastCards(page, '为您找到');
  expect(cards[0]).toContain('吉他');
  await say(page, '更多');
  await page
    .getByText(/更多.*吉他|就找到这些了/)
    .last()
    .waitFor();
  await page.close();
});

it('answers in the language of the words, and kindly when it finds nothing', async () => {
  const { page } = await open('en');
  await say(page, 'ich suche einen Rucksack');
  await told(page, 'Das habe ich zu');
  await say(page, 'qzxwv jkvbq');
  await told(page, /Dazu habe ich leider nichts gefunden/);
  await page.close();
});
