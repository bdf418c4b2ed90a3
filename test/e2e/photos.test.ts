import type { Browser, Page } from 'playwright-core';
import { photographed } from '../../src/catalogue/demo/photographed';
import { SeededRandom } from '../../src/catalogue/demo/random';
import { barriersOf, faultsOf, fitsWidth, launchBrowser, say, told } from '../support/browser';
import { type ShopServer, startShop } from '../support/shop-server';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

let server: ShopServer;
let browser: Browser;
let photo: Buffer;

beforeAll(async () => {
  server = await startShop();
  browser = await launchBrowser();
  const look = { drawing: 'backpack', color: 'red', pattern: 'plain' };
  photo = await photographed(look, new SeededRandom('e2e'));
  await warm();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(locale: string, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const faults = faultsOf(page);
  await page.goto(server.address);
  await page.locator('.message-bot').first().waitFor();
  return { page, faults, close: () => context.close() };
}

/** The first photo waits until the networks are loaded: on a busy machine that takes longer than a turn may. */
async function warm(): Promise<void> {
  const { page, close } = await open('en');
  for (let attempt = 0; attempt < 6 && (await page.locator('.carousel').count()) === 0; attempt++) {
    const before = await page.locator('.message-bot').count();
    await chooser(page).setInputFiles(file(photo));
    await page.locator('.send').click();
    await page.locator('.message-bot').nth(before).waitFor();
  }
  await close();
}

const chooser = (page: Page) => page.locator('.send-box input[type=file]').first();
const chips = (page: Page) => page.locator('.file-chip');
const file = (buffer: Buffer, name = 'my bag.jpg', mimeType = 'image/jpeg') => ({ name, mimeType, buffer });

/** Hands a file to the page as the clipboard or a dragging mouse would. */
function hand(page: Page, how: 'paste' | 'drop', bytes: Buffer): Promise<void> {
  const script = `(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(bytes.toString('base64'))}), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'handed.jpg', { type: 'image/jpeg' }));
    const box = document.querySelector('.send-box textarea');
    const options = { bubbles: true, cancelable: true };
    if (${JSON.stringify(how)} === 'paste') {
      box.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
      return;
    }
    box.dispatchEvent(new DragEvent('dragover', { ...options, dataTransfer: transfer }));
    setTimeout(() => box.dispatchEvent(new DragEvent('drop', { ...options, dataTransfer: transfer })), 300);
  })()`;
  return page.evaluate(script);
}

it('a shopper attaches a photo and sees what looks like it, then asks for another colour', async () => {
  const { page, faults, close } = await open('en-GB');
  await chooser(page).setInputFiles(file(photo));
  await expect(chips(page).textContent()).resolves.toContain('my bag.jpg');
  await expect(chips(page).locator('img').count()).resolves.toBe(1);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await page.locator('.send').click();
  await told(page, /look.* your photo|On your photo I see/);
  const cards = page.locator('.carousel').last().locator('article');
  await cards.first().waitFor();
  const texts = await cards.allInnerTexts();
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.slice(0, 3).join('\n')).toMatch(/backpack/i);
  await expect(page.locator('.message-shopper img.photo').count()).resolves.toBe(1);
  await say(page, 'this in blue');
  await told(page, /blue/);
  const blue = page.locator('.carousel').nth(1).locator('article').first();
  await blue.waitFor();
  await expect(blue.textContent()).resolves.toMatch(/blue/i);
  await blue.getByRole('button', { name: 'Why this?' }).click();
  await expect(blue.getByRole('meter', { name: 'your photo' }).getAttribute('aria-valuetext')).resolves.toMatch(
    /^\d+%$/,
  );
  await expect(blue.getByRole('meter', { name: 'your words' }).isVisible()).resolves.toBe(true);
  await expect(barriersOf(page)).resolves.toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

it.each(['paste', 'drop'] as const)('takes a photo by %s, and gives it back', async (how) => {
  const { page, close } = await open('zh-CN');
  await hand(page, how, photo);
  if (how === 'drop') await page.locator('.drop').waitFor();
  await chips(page).first().waitFor();
  await expect(page.locator('.drop').count()).resolves.toBe(0);
  await expect(page.locator('.send-box [role=status]').textContent()).resolves.toBe('handed.jpg');
  await page.getByRole('button', { name: /handed\.jpg/ }).press('Enter');
  await expect(chips(page).count()).resolves.toBe(0);
  await expect(page.evaluate('document.activeElement.tagName')).resolves.toBe('TEXTAREA');
  await close();
});

it('says what it does not take, before and after sending, and goes on', async () => {
  const { page, close } = await open('en');
  const refused = page.locator('.refused');
  await chooser(page).setInputFiles(file(Buffer.from('words'), 'notes.txt', 'text/plain'));
  await expect(refused.textContent()).resolves.toContain('can’t be used here'.replace('’', "'"));
  await chooser(page).setInputFiles(file(Buffer.alloc(11 * 1024 * 1024), 'big.jpg'));
  await expect(refused.textContent()).resolves.toContain('too large');
  await expect(chips(page).count()).resolves.toBe(0);
  await chooser(page).setInputFiles(Array.from({ length: 7 }, () => file(photo)));
  await expect(chips(page).count()).resolves.toBe(5);
  await expect(refused.textContent()).resolves.toContain('five');
  for (let left = 5; left > 0; left--) await chips(page).first().getByRole('button').click();
  await chooser(page).setInputFiles(file(photo.subarray(0, photo.length / 3), 'cut.jpg'));
  await page.locator('.send').click();
  await page.getByText('Not sent.').first().waitFor();
  await page.getByText('damaged or cut off').waitFor();
  await say(page, 'red backpack');
  await told(page, 'Here is what I found');
  await close();
});

it('offers the camera on a phone, and fits it', async () => {
  const { page, close } = await open('de', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  const camera = page.getByRole('button', { name: 'Foto aufnehmen' });
  await expect(camera.isVisible()).resolves.toBe(true);
  await expect(page.locator('input[capture]').getAttribute('capture')).resolves.toBe('environment');
  await page.locator('input[capture]').setInputFiles(file(photo));
  await expect(fitsWidth(page)).resolves.toBe(true);
  await page.locator('.send').click();
  await told(page, /deinem Foto/);
  await expect(fitsWidth(page)).resolves.toBe(true);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await close();
});
