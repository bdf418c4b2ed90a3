import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { IncomingMessage, ProductCard, Reply } from '../../src/domain';
import { type Harness, startHarness } from '../channels/support/harness';
import { barriersOf, faultsOf, fitsWidth, holds, launchBrowser, say, told } from '../support/browser';
import { withPlainCards } from '../support/plain-cards';

const HOSTILE = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) *bold* 1. one';
const CARD: ProductCard = {
  productId: 'backpack',
  title: 'Fjord Roll-Top Backpack 22 l, waterproof',
  imagePath: '/pictures/backpack/0.webp',
  imageText: 'A green backpack',
  price: '€89.00',
  priceBefore: '€119.00',
  rating: { value: 4.6, count: 212, text: '4.6 ★ (212)' },
  stock: { state: 'few', text: 'Only 3 left' },
  why: 'green · waterproof · under €100',
  link: { label: 'View in the shop', url: 'https://shop.example/backpack' },
  actions: [
    { name: 'basketAdd', label: 'Add to basket' },
    { name: 'similar', label: 'More like this' },
    { name: 'details', label: 'Details' },
  ],
  like: { label: 'Like', undo: 'Take the like back', given: false },
};
const STRINGS = { title: 'Nordlicht Outfitters', tagline: 'Ask for what you need, in your own words' };
const GREETING = 'Hello! Tell me what you need';

async function answer({ kind, text, action }: IncomingMessage): Promise<readonly Reply[]> {
  const suggestions = ['Cheaper', 'In blue'].map((title) => ({ title, value: title }));
  if (action?.name === 'like' || action?.name === 'unlike') {
    const heart = { productId: action.productId, given: action.name === 'like' };
    return [{ language: 'en', text: `Noted: ${action.name}`, cards: [], suggestions: [], heart }];
  }
  if (text === 'compare 1 and 2') {
    const rows = [
      { label: 'price', cells: ['€89.00', HOSTILE], differs: true },
      { label: 'brand', cells: ['Fjord', 'Fjord'], differs: false },
    ];
    const table = { caption: 'Comparison', columns: [CARD.title, 'Backpack 2'], rows, differs: 'differs' };
    return [{ language: 'en', text: 'Side by side:', cards: [], suggestions: [], table }];
  }
  if (action?.name === 'basketAdd') {
    return [{ language: 'en', text: 'In your basket', cards: [], suggestions: [], basket: { count: 3 } }];
  }
  if (text === 'Show my basket') {
    const link = { title: 'Your basket', text: '3 pieces', label: 'Check out', url: 'https://shop.example/cart' };
    return [{ language: 'en', text: 'It is empty', cards: [], suggestions: [], link, basket: { count: 0 } }];
  }
  if (kind === 'opened') return [{ language: 'en', text: GREETING, cards: [], suggestions }];
  const hostile = { ...CARD, productId: 'evil', title: HOSTILE, link: { label: 'Go', url: 'javascript:alert(1)' } };
  const more = [3, 4, 5, 6].map((n) => ({
    ...CARD,
    productId: `p${n}`,
    title: `Backpack ${n}`,
    imagePath: `/pictures/p${n}/0.webp`,
  }));
  const cards = [CARD, hostile, ...more].map((card, i) => (i === 2 ? { ...card, sponsored: 'Sponsored' } : card));
  return [{ language: 'en', text: `I found 6 products for ${text}. ${HOSTILE}`, cards, suggestions }];
}

let folder: string;
let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-page-'));
  const file = join(folder, 'abc123.webp');
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><rect width="640" height="640" fill="#fff"/><rect x="190" y="130" width="260" height="380" rx="90" fill="#3f7d5b"/></svg>`;
  await sharp(Buffer.from(drawing)).webp().toFile(file);
  harness = await startHarness({
    pictures: { file: (id) => (id === 'p6' ? undefined : file) },
    pageStrings: () => STRINGS,
    hears: true,
    heartbeat: 5_000,
  });
  harness.handler.answer = answer;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await harness?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(width = 1280, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, locale: 'en-GB' });
  const page = await context.newPage();
  const faults = faultsOf(page);
  await page.goto(harness.origin);
  await told(page, GREETING);
  return { page, faults, close: () => context.close() };
}

async function ask(page: Page, words = 'a green backpack'): Promise<void> {
  await say(page, words);
  await told(page, `I found 6 products for ${words}`);
}

describe.each([true, false])('with what Vitrine adds to cards: %s', (rich) => {
  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('cards at %i pixels, %s: no barrier, no error, no markup of the merchant', async (width, scheme) => {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      colorScheme: scheme,
      locale: 'en-GB',
    });
    const page = await context.newPage();
    const faults = faultsOf(page);
    if (!rich) await withPlainCards(page);
    await page.goto(harness.origin);
    await told(page, GREETING);
    await ask(page);
    const cards = page.locator('.carousel article');
    await expect(cards.count()).resolves.toBe(6);
    await expect(page.getByRole('heading', { name: HOSTILE }).count()).resolves.toBe(1);
    await expect(page.locator('.bubble', { hasText: HOSTILE }).count()).resolves.toBe(1);
    await expect(page.locator('img[src$="/x"], a[href^="javascript"]').count()).resolves.toBe(0);
    await expect(cards.nth(1).getByRole('link').count()).resolves.toBe(0);
    await expect(cards.nth(0).getByRole('link').getAttribute('href')).resolves.toBe(CARD.link?.url);
    await expect(page.getByText('1 of 6', { exact: true }).count()).resolves.toBe(1);
    await cards.nth(5).getByText('No picture').waitFor();
    const picture = page.getByRole('img', { name: CARD.imageText }).first();
    await holds(page, 'document.querySelector(".card-picture img").naturalWidth === 640');
    await expect(picture.isVisible()).resolves.toBe(true);
    if (rich) {
      await expect(cards.nth(0).locator('s').textContent()).resolves.toBe(CARD.priceBefore);
      await expect(cards.nth(0).locator('.rating').textContent()).resolves.toContain('4.6');
      // The mark is part of the card's name.
      await expect(page.getByRole('article', { name: 'Sponsored Backpack 3' }).count()).resolves.toBe(1);
      await expect(page.getByText('Sponsored', { exact: true }).count()).resolves.toBe(1);
      await cards.nth(0).getByRole('button', { name: 'Like', exact: true, pressed: false }).click();
      await cards.nth(0).getByRole('button', { name: 'Like', exact: true, pressed: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Why this?' }).first().click();
    await expect(cards.nth(0).getByText(CARD.why).isVisible()).resolves.toBe(true);
    await expect(barriersOf(page)).resolves.toEqual([]);
    await expect(fitsWidth(page)).resolves.toBe(true);
    // The missing picture is a 404 in the console; nothing else may be there.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await context.close();
  });
});

it('gives a heart and takes it back, by keyboard alone; a new page shows it as the server left it', async () => {
  const { page, close } = await open();
  await ask(page);
  const heart = page.locator('.carousel article').nth(0).getByRole('button', { name: 'Like', exact: true });
  const pressed = (state: boolean) => page.locator(`article .card-heart[aria-pressed="${state}"]`);
  await heart.focus();
  await page.keyboard.press('Space');
  await told(page, 'Noted: like');
  await expect(pressed(true).count()).resolves.toBe(1);
  expect(harness.handler.messages.at(-1)).toMatchObject({
    text: `Like: ${CARD.title}`,
    action: { name: 'like', productId: CARD.productId },
  });
  await page.reload();
  await told(page, 'Noted: like');
  await pressed(true).waitFor();
  await heart.focus();
  await page.keyboard.press('Enter');
  await told(page, 'Noted: unlike');
  await expect(pressed(true).count()).resolves.toBe(0);
  expect(harness.handler.messages.at(-1)).toMatchObject({ text: `Take the like back: ${CARD.title}` });
  await close();
});

it.each([
  [1280, 'light'],
  [390, 'dark'],
] as const)('compares in a table at %i pixels, %s: what differs is said, no barrier', async (width, scheme) => {
  const { page, faults, close } = await open(width, scheme);
  await say(page, 'compare 1 and 2');
  await told(page, 'Side by side:');
  const table = page.getByRole('table', { name: 'Comparison' });
  await expect(table.getByRole('columnheader').allTextContents()).resolves.toEqual([CARD.title, 'Backpack 2']);
  await expect(table.getByRole('rowheader').allTextContents()).resolves.toEqual(['≠ price (differs)', 'brand']);
  await expect(table.getByRole('cell', { name: HOSTILE }).count()).resolves.toBe(1);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await expect(fitsWidth(page)).resolves.toBe(true);
  expect(faults).toEqual([]);
  await close();
});

it('puts a product into the basket; a chip counts it, shows it when pressed, and goes when it is empty', async () => {
  const { page, close } = await open();
  await ask(page);
  await page.getByRole('button', { name: 'Add to basket' }).first().click();
  const chip = page.getByRole('button', { name: 'Basket: 3' });
  await chip.waitFor();
  expect(harness.handler.messages.at(-1)?.action).toEqual({ name: 'basketAdd', productId: CARD.productId });
  await expect(barriersOf(page)).resolves.toEqual([]);
  await chip.click();
  await told(page, 'It is empty');
  await chip.waitFor({ state: 'detached' });
  await expect(page.getByRole('link', { name: 'Check out' }).getAttribute('href')).resolves.toBe(
    'https://shop.example/cart',
  );
  await close();
});

it('asks for similar products and details, by keyboard alone', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 844 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(harness.origin);
  await told(page, GREETING);
  const focused = () => page.evaluate<string>('document.activeElement.textContent');
  const tabTo = async (name: string) => {
    for (let press = 0; press < 30 && (await focused()) !== name; press += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe(name);
  };
  await tabTo('Cheaper');
  await tabTo('In blue');
  await page.keyboard.press('Enter');
  await told(page, 'I found 6 products for In blue');
  await page.locator('.transcript').focus();
  for (let press = 0; press < 9; press += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate('document.activeElement.classList.contains("carousel-strip")')) break;
  }
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(focused()).resolves.toContain('Backpack 4');
  await page.keyboard.press('ArrowLeft');
  await expect(focused()).resolves.toContain('Backpack 3');
  await tabTo('Why this?');
  await page.keyboard.press('Enter');
  await page.locator('.carousel-item:nth-child(3) .why-text').waitFor();
  await tabTo('More like this');
  await page.keyboard.press('Enter');
  await page.locator('.message-shopper .bubble', { hasText: 'More like this: Backpack 3' }).waitFor();
  await told(page, 'I found 6 products for More like this: Backpack 3');
  expect(harness.handler.messages.at(-1)?.action).toEqual({ name: 'similar', productId: 'p3' });
  await context.close();
});

it('keeps the conversation over a refresh, and what was being written; a new one starts afresh', async () => {
  const { page, faults, close } = await open();
  await ask(page, 'something');
  await page.locator('.send-box textarea').fill('half a sent');
  await page.reload();
  await told(page, 'I found 6 products for something');
  await expect(page.locator('.bubble', { hasText: GREETING }).count()).resolves.toBe(1);
  await expect(page.locator('.send-box textarea').inputValue()).resolves.toBe('half a sent');
  await ask(page, 'and in blue?');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.locator('.bubble', { hasText: 'something' }).first().waitFor({ state: 'detached' });
  await told(page, GREETING);
  await expect(page.locator('.bubble').count()).resolves.toBe(1);
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  await close();
});

it('switches language and colours, tells the bot, and remembers both', async () => {
  const { page, close } = await open(390);
  await page.getByLabel('Language').selectOption('de');
  await holds(page, 'document.documentElement.lang === "de"');
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await ask(page, 'ein Rucksack');
  expect(harness.handler.messages.at(-1)?.locale).toBe('de');
  await page.reload();
  await holds(page, 'document.documentElement.lang === "de"');
  await expect(page.getByLabel('Language').inputValue()).resolves.toBe('de');
  await expect(page.locator('html').getAttribute('data-theme')).resolves.toBe('dark');
  await expect(page.getByRole('button', { name: 'Dark colours', pressed: true }).count()).resolves.toBe(1);
  await close();
});

it.each([
  [429, 'a little fast'],
  [413, 'too large'],
  [415, 'kind of file'],
  [400, 'could not be taken'],
])('says why a message was refused with %i, and sends it again', async (status, words) => {
  const { page, close } = await open();
  const posts = (url: URL) => url.pathname.endsWith('/activities');
  await page.route(posts, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status, json: { error: { code: 'BUSY', message: 'no' } } })
      : route.continue(),
  );
  await say(page, 'again and again');
  await page.getByRole('alert').filter({ hasText: words }).waitFor();
  await page.unroute(posts);
  await page.locator('.message-shopper').getByRole('button', { name: 'Try again' }).click();
  await told(page, 'I found 6 products for again and again');
  await expect(page.locator('.message-shopper').count()).resolves.toBe(1);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await close();
});

it('takes pictures and sound along, shows them before sending, and lets them go', async () => {
  const { page, close } = await open();
  const picture = {
    name: 'shoe.png',
    mimeType: 'image/png',
    buffer: await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  };
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add a picture or sound' }).click();
  await (await chooser).setFiles([picture, { name: 'note.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('x') }]);
  await expect(page.locator('.file-chip').count()).resolves.toBe(2);
  await page.getByRole('button', { name: 'Remove note.mp3' }).click();
  await expect(page.locator('.file-chip').allInnerTexts()).resolves.toEqual(['shoe.png']);
  const uploads: string[] = [];
  await page.route('**/upload?*', (route) => {
    uploads.push(route.request().headers()['content-type'] ?? '');
    return route.fulfill({ status: 415, json: { error: { code: 'UNSUPPORTED', message: 'no' } } });
  });
  await say(page, 'like this');
  await page.getByRole('alert').filter({ hasText: 'kind of file' }).waitFor();
  await page.getByRole('img', { name: 'Picture: shoe.png' }).waitFor();
  await page.locator('.message-shopper').getByRole('button', { name: 'Try again' }).click();
  while (uploads.length < 2) await page.waitForTimeout(50);
  expect(uploads).toEqual([
    expect.stringContaining('multipart/form-data'),
    expect.stringContaining('multipart/form-data'),
  ]);
  await close();
});

it('says how many characters are left near the limit', async () => {
  const { page, close } = await open();
  await page.locator('.send-box textarea').fill('a'.repeat(3_990));
  await page.getByText('Characters left: 10').waitFor();
  await close();
});

it('says that the shop cannot be reached, and comes back by the button', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
  const page = await context.newPage();
  const unreachable = (url: URL) => url.pathname.startsWith('/v3/') || url.pathname === '/healthz';
  await page.route(unreachable, (route) => route.abort());
  await page.goto(harness.origin);
  await page.getByRole('alert').filter({ hasText: "can't be reached" }).waitFor();
  await expect(barriersOf(page)).resolves.toEqual([]);
  await page.unroute(unreachable);
  await page.getByRole('button', { name: 'Try again' }).click();
  await told(page, GREETING);
  await expect(page.getByRole('alert').count()).resolves.toBe(0);
  await context.close();
});

it('goes on by itself when the token has expired, with what was not sent in the box', async () => {
  const { page, close } = await open();
  await ask(page, 'something');
  await page.route('**/v3/directline/conversations/*/activities', (route) =>
    route.fulfill({ status: 403, json: { error: { code: 'TokenExpired', message: 'expired' } } }),
  );
  await say(page, 'are you there?');
  const box = page.locator('.send-box textarea');
  while ((await box.inputValue().catch(() => '')) !== 'are you there?') await page.waitForTimeout(50);
  await told(page, 'I found 6 products for something');
  await page.unroute('**/v3/directline/conversations/*/activities');
  await box.press('Enter');
  await told(page, 'I found 6 products for are you there?');
  await close();
});

it('offers a new conversation when this one was erased', async () => {
  const { page, close } = await open();
  await ask(page, 'something');
  harness.db.prepare('DELETE FROM local_conversations').run();
  await page.getByRole('alert').filter({ hasText: 'has ended' }).waitFor();
  await page.getByRole('button', { name: 'Start a new one' }).click();
  await page.locator('.message-shopper').waitFor({ state: 'detached' });
  await told(page, GREETING);
  await close();
});

it('shows two tabs the same conversation, and counts in the title what came while one is out of sight', async () => {
  const { page, close } = await open();
  const other = await page.context().newPage();
  await other.goto(harness.origin);
  await told(other, GREETING);
  const turn = (hidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));`);
  await turn(true);
  await ask(other, 'one');
  await ask(other, 'two');
  await holds(page, `document.title === '(2) ${STRINGS.title}'`);
  await turn(false);
  await holds(page, `document.title === '${STRINGS.title}'`);
  await ask(page, 'three');
  await told(other, 'I found 6 products for three');
  // Both have seen all of it.
  await expect(page.getByText('While you were away').count()).resolves.toBe(0);
  await expect(other.getByText('While you were away').count()).resolves.toBe(0);
  await close();
});
