import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import type { IncomingMessage, ProductCard, Reply } from '../../src/domain';
import { type Harness, startHarness } from '../channels/support/harness';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
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
  actions: [],
};
const STRINGS: Record<string, string> = {
  title: 'Nordlicht Outfitters',
  tagline: 'Ask for what you need, in your own words',
  languageLabel: 'Language',
  connecting: 'Connecting …',
  offline: 'The shop cannot be reached at the moment.',
  ended: 'This conversation has ended.',
  retry: 'Try again',
  restart: 'Start again',
  inputPlaceholder: 'What are you looking for?',
};

async function answer({ kind }: IncomingMessage): Promise<readonly Reply[]> {
  const suggestions = ['Cheaper', 'In blue', 'Show more'].map((title) => ({ title, value: title }));
  if (kind === 'opened') {
    const text = 'Hello! Tell me what you are looking for: a kind, a colour, a price.';
    return [{ language: 'en', text, cards: [], suggestions }];
  }
  const hostile: ProductCard = {
    ...CARD,
    productId: 'evil',
    title: HOSTILE,
    link: { label: 'Go', url: 'javascript:alert(1)' },
  };
  return [{ language: 'en', text: `I found 2 products. ${HOSTILE}`, cards: [CARD, hostile], suggestions }];
}

let folder: string;
let harness: Harness;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-page-'));
  const file = join(folder, 'abc123.webp');
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><rect width="640" height="640" fill="#eef1ec"/><rect x="190" y="130" width="260" height="380" rx="90" fill="#3f7d5b"/><rect x="230" y="330" width="180" height="130" rx="24" fill="#2f6146"/></svg>`;
  await sharp(Buffer.from(drawing)).webp().toFile(file);
  harness = await startHarness({ pictures: { file: () => file }, pageStrings: () => STRINGS });
  harness.handler.answer = answer;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await harness?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly problems: string[];
}

async function open(width: number, height: number, colorScheme: 'light' | 'dark'): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-GB' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(harness.origin);
  return { page, problems };
}

async function ask(page: Page): Promise<void> {
  await page.getByText('Hello! Tell me').first().waitFor();
  const box = page.getByPlaceholder(STRINGS.inputPlaceholder ?? '');
  await box.fill('a green backpack under 100 €');
  await box.press('Enter');
  await page.getByText(CARD.title).first().waitFor();
}

it.each([
  [1280, 800, 'light'],
  [1280, 800, 'dark'],
  [390, 844, 'light'],
  [390, 844, 'dark'],
] as const)(
  'shows cards at %i × %i, %s, with no error and no markup of the merchant',
  async (width, height, scheme) => {
    const { page, problems } = await open(width, height, scheme);
    await ask(page);
    const pictures = page.locator(`.webchat__bubble__content img[alt="${CARD.imageText}"]`);
    await pictures.nth(1).waitFor();
    const loaded = () =>
      pictures.evaluateAll((all) => all.map((img) => (img as unknown as { naturalWidth: number }).naturalWidth));
    await expect(loaded()).resolves.toEqual([640, 640]);
    await expect(page.locator('.ac-textBlock', { hasText: HOSTILE }).count()).resolves.toBe(1);
    await expect(page.locator('.webchat__text-content--is-plain', { hasText: HOSTILE }).count()).resolves.toBe(1);
    await expect(page.locator('img[src$="/x"], a[href^="javascript"]').count()).resolves.toBe(0);
    await expect(page.getByRole('button', { name: 'Go', exact: true }).count()).resolves.toBe(0);
    await expect(page.evaluate('document.documentElement.scrollWidth <= innerWidth')).resolves.toBe(true);
    await page.getByRole('button', { name: 'Cheaper' }).last().waitFor();
    await page.screenshot({
      path: join(tmpdir(), width === 1280 && scheme === 'light' ? 'page.png' : `page-${width}-${scheme}.png`),
    });
    expect(problems).toEqual([]);
    await page.context().close();
  },
  30_000,
);

it('keeps the conversation over a refresh, and greets once', async () => {
  const { page, problems } = await open(1280, 800, 'light');
  await ask(page);
  const before = harness.handler.messages.length;
  await page.reload();
  await page.locator('.webchat__bubble__content', { hasText: CARD.title }).first().waitFor();
  await expect(page.locator('.webchat__text-content', { hasText: 'Hello! Tell me' }).count()).resolves.toBe(1);
  expect(harness.handler.messages).toHaveLength(before);
  const box = page.getByPlaceholder(STRINGS.inputPlaceholder ?? '');
  await box.fill('and in blue?');
  await box.press('Enter');
  await page.locator('.webchat__bubble__content', { hasText: CARD.title }).nth(1).waitFor();
  expect(harness.handler.messages.at(-1)).toMatchObject({ text: 'and in blue?', kind: 'message', locale: 'en-GB' });
  expect(new Set(harness.handler.messages.slice(before - 1).map(({ conversationId }) => conversationId)).size).toBe(1);
  expect(problems).toEqual([]);
  await page.context().close();
}, 30_000);

it('switches the language, tells the bot, and remembers it', async () => {
  const { page, problems } = await open(390, 844, 'light');
  await page.getByText('Hello! Tell me').first().waitFor();
  await page.getByLabel('Language').selectOption('de');
  await page.waitForFunction('document.documentElement.lang === "de"');
  await ask(page);
  expect(harness.handler.messages.at(-1)?.locale).toBe('de');
  await page.reload();
  await page.waitForFunction('document.documentElement.lang === "de"');
  await expect(page.getByLabel('Language').inputValue()).resolves.toBe('de');
  expect(problems).toEqual([]);
  await page.context().close();
}, 30_000);

it('says that the shop cannot be reached, and comes back by the button', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const unreachable = (url: URL) => url.pathname.startsWith('/v3/') || url.pathname === '/healthz';
  await page.route(unreachable, (route) => route.abort());
  await page.goto(harness.origin);
  await page
    .getByRole('alert')
    .filter({ hasText: STRINGS.offline ?? '' })
    .waitFor();
  await page.screenshot({ path: join(tmpdir(), 'page-offline.png') });
  await page.unroute(unreachable);
  await page.getByRole('button', { name: STRINGS.retry ?? '' }).click();
  await page.getByText('Hello! Tell me').first().waitFor();
  await expect(page.locator('#trouble').isHidden()).resolves.toBe(true);
  await context.close();
}, 30_000);
