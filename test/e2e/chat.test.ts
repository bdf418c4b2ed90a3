import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, faultsOf, fitsWidth, holds, launchBrowser, say, told } from '../support/browser';
import { temporaryConfig } from '../support/data-dir';
import { importMug, type ShopServer, startShop } from '../support/shop-server';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

let server: ShopServer;
let browser: Browser;
let address: string;

async function start(port: string): Promise<void> {
  server = await startShop(port);
  address = server.address;
}

beforeAll(async () => {
  await start('0');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server.stop();
});

async function open(locale: string, width = 1280, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 860 } });
  const page = await context.newPage();
  const faults = faultsOf(page);
  await page.goto(address);
  return { page, faults };
}

/** Waits for the cards of the last answer and returns their texts. */
async function lastCards(page: Page, text: string): Promise<string[]> {
  await told(page, text);
  const cards = page.locator('.carousel').last().locator('article');
  await cards.locator('img').first().waitFor();
  return cards.allInnerTexts();
}

it('an English shopper types and sees the right cards', async () => {
  const { page, faults } = await open('en-GB');
  await told(page, 'what you are looking for, for example');
  await say(page, 'yellow backpack');
  const cards = await lastCards(page, 'Here is what I found');
  expect(cards.length).toBeGreaterThan(2);
  expect(cards[0]).toMatch(/backpack/i);
  expect(cards[0]).toMatch(/€/);
  await holds(page, 'document.querySelector(".card-picture img").naturalWidth > 100');
  await expect(page.getByRole('button', { name: 'Add a picture or sound' }).isVisible()).resolves.toBe(true);
  await expect(page.getByText(`1 of ${cards.length}`, { exact: true }).count()).resolves.toBe(1);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await expect(fitsWidth(page)).resolves.toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('a Chinese shopper types and sees the right cards, in Chinese', async () => {
  const { page } = await open('zh-CN', 390, 'dark');
  await told(page, '您想找什么');
  await say(page, '便宜的红色吉他');
  const cards = await lastCards(page, '为您找到');
  expect(cards[0]).toContain('吉他');
  await expect(page.locator('html').getAttribute('lang')).resolves.toBe('zh');
  await expect(page.locator('html').getAttribute('data-theme')).resolves.toBe('dark');
  await expect(barriersOf(page)).resolves.toEqual([]);
  await expect(fitsWidth(page)).resolves.toBe(true);
  await say(page, '更多');
  await told(page, /更多.*吉他|就找到这些了/);
  await page.context().close();
});

it('a shopper goes through the pictures of a product by keyboard, on a phone', async () => {
  const { page, faults } = await open('en-GB', 390);
  await told(page, 'for example');
  await say(page, 'backpack');
  await lastCards(page, 'Here is what I found');
  await say(page, 'tell me more about the first');
  const tabs = page.locator('.gallery [role=tab]');
  await tabs.first().focus();
  await page.keyboard.press('ArrowRight');
  const name = (await tabs.nth(1).getAttribute('aria-label')) ?? '';
  expect(name).toMatch(/^Picture 2 of \d: /);
  await holds(page, `document.activeElement.getAttribute('aria-label') === ${JSON.stringify(name)}`);
  await expect(page.locator('.gallery .card-picture img').getAttribute('alt')).resolves.toBe(name);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await expect(fitsWidth(page)).resolves.toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('answers in the language of the words, and kindly when it finds nothing', async () => {
  const { page } = await open('en');
  await say(page, 'ich suche einen Rucksack');
  await told(page, 'Das habe ich zu');
  await say(page, 'qzxwv jkvbq');
  await told(page, /Dazu habe ich leider nichts gefunden/);
  await page.context().close();
});

it('knows a shopper who allows it in their next conversation, and forgets them when they say so', async () => {
  const { page, faults } = await open('en-GB');
  const context = page.context();
  const cookies = async () => (await context.cookies(`${address}/v3/directline`)).map(({ name }) => name);
  const isKnown = async () => (await cookies()).includes('vitrine_shopper');
  await told(page, 'what you are looking for');
  await say(page, 'remember what I like');
  await told(page, 'From now on I remember');
  while (!(await isKnown())) await page.waitForTimeout(50);
  await say(page, 'yellow backpack');
  await lastCards(page, 'Here is what I found');
  await page.locator('.card-heart').first().click();
  await told(page, 'Noted: you like');
  // Another tab goes on in the same conversation, until a new one is wanted.
  const later = await context.newPage();
  await later.goto(address);
  await told(later, 'Noted: you like');
  await later.getByRole('button', { name: 'New conversation' }).click();
  await later.locator('.bubble', { hasText: 'Noted: you like' }).waitFor({ state: 'detached' });
  await told(later, 'what you are looking for');
  await say(later, 'what do you know about me');
  await told(later, 'I know of 1 such event');
  await say(later, 'forget me');
  await told(later, 'I have erased everything');
  while ((await cookies()).length > 0) await later.waitForTimeout(50);
  expect(faults).toEqual([]);
  await context.close();
});

it('shows an alert that was told while the page was closed to who comes back', async () => {
  const { DATA_DIR } = temporaryConfig();
  const settings = { DATA_DIR, MODELS: 'none' };
  await importMug('out_of_stock', settings);
  const shop = await startShop('0', settings);
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 860 } });
    const page = await context.newPage();
    await page.goto(shop.address);
    await told(page, 'what you are looking for');
    await say(page, 'red mug');
    await page.getByRole('button', { name: "Tell me when it's back" }).click();
    await told(page, /tell you .*back in stock/);
    await page.close();
    // How much was said, as this browser is told.
    const watermark = async () => {
      const found = await context.request.post(`${shop.address}/v3/directline/tokens/return`);
      return Number(((await found.json()) as { watermark: string }).watermark);
    };
    const before = await watermark();
    await importMug('in_stock', settings);
    while ((await watermark()) === before) await new Promise((resolve) => setTimeout(resolve, 200));
    const later = await context.newPage();
    const faults = faultsOf(later);
    await later.goto(shop.address);
    await told(later, 'You asked me to tell you: Red mug is back in stock!');
    const rows = await later.locator('.transcript-content > div', { hasText: /\S/ }).allInnerTexts();
    const away = rows.findIndex((row) => row.startsWith('While you were away'));
    expect(rows[away]).toContain('You asked me to tell you');
    expect(rows[away - 1]).not.toContain('You asked me to tell you');
    await expect(barriersOf(later)).resolves.toEqual([]);
    await expect(fitsWidth(later)).resolves.toBe(true);
    // Who has seen it is not told again.
    await later.reload();
    await told(later, 'You asked me to tell you');
    await expect(later.getByText('While you were away').count()).resolves.toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  } finally {
    await shop.kill();
    rmSync(DATA_DIR, { recursive: true, force: true });
  }
});

it('goes on with the same conversation after a refresh and after a restart of the server', async () => {
  const { page } = await open('en-GB');
  await told(page, 'what you are looking for');
  await say(page, 'yellow backpack');
  const cards = await lastCards(page, 'Here is what I found');
  await page.reload();
  await expect(lastCards(page, 'Here is what I found')).resolves.toEqual(cards);

  await server.stop();
  await start(new URL(address).port);
  // While the page says that the shop can't be reached, it sends nothing.
  await holds(page, 'document.querySelector(".banner") === null');
  await say(page, 'red guitar');
  const guitars = await lastCards(page, 'guitars, red');
  expect(guitars[0]).toMatch(/guitar/i);
  await expect(page.locator('.carousel').count()).resolves.toBe(2);
  await page.context().close();
}, 120_000);

it('goes on on another device by the link of a code: basket, likes and what was shown', async () => {
  const { page: laptop, faults } = await open('en-GB');
  await told(laptop, 'what you are looking for');
  await say(laptop, 'yellow backpack');
  const cards = await lastCards(laptop, 'Here is what I found');
  await laptop.getByRole('button', { name: 'Add to basket' }).first().click();
  await told(laptop, /In your basket|Which size/);
  await say(laptop, 'continue on my phone');
  await told(laptop, 'I must remember both devices');
  await say(laptop, 'yes');
  await told(laptop, 'Your code is');
  const code = await laptop.locator('.pairing strong').innerText();
  await expect(laptop.getByRole('img', { name: `with the code ${code}` }).isVisible()).resolves.toBe(true);
  await expect(barriersOf(laptop)).resolves.toEqual([]);

  const { page: phone, faults: phoneFaults } = await open('en-GB', 390, 'dark');
  await phone.goto(`${address}/#pair=${code}`);
  await told(phone, 'Shall this device share');
  expect(new URL(phone.url()).hash).toBe('');
  await phone.getByRole('button', { name: 'Yes' }).click();
  await told(phone, 'You were here');
  await expect(phone.locator('.carousel').last().locator('article').count()).resolves.toBe(cards.length);
  await phone.getByRole('button', { name: 'Basket: 1' }).waitFor();
  await expect(fitsWidth(phone)).resolves.toBe(true);
  await expect(barriersOf(phone)).resolves.toEqual([]);
  // Who showed the code learns at once that it was used.
  await told(laptop, 'Another device has used your code');
  // What recognises the phone outlives its conversation.
  while ((await phone.context().cookies(`${address}/v3/directline`)).length === 0) await phone.waitForTimeout(50);
  const later = await phone.context().newPage();
  await later.goto(`${address}/#pair=${code}`);
  await told(later, 'This code has been used already');
  expect([faults, phoneFaults]).toEqual([[], []]);
  for (const { page } of [{ page: laptop }, { page: phone }]) await page.context().close();
});
