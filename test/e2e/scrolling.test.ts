import type { Browser, Page } from 'playwright-core';
import { holds, launchBrowser, say } from '../support/browser';
import { type ShopServer, startShop } from '../support/shop-server';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

let server: ShopServer;
let browser: Browser;

beforeAll(async () => {
  server = await startShop();
  browser = await launchBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(): Promise<Page> {
  const page = await browser.newPage({ locale: 'en', viewport: { width: 390, height: 780 } });
  await page.goto(server.address);
  await page.locator('.message-bot').first().waitFor();
  return page;
}

const BOX = 'document.querySelector(".transcript")';
const AT_END = `((box) => box.scrollTop + box.clientHeight > box.scrollHeight - 2)(${BOX})`;

/**
 * Makes the transcript grow twice: the second time between the page's own step to the end and the scroll event of that
 * step, as cards do that come right after their text.
 */
const GROW_TWICE = `new Promise((done) => {
  const grow = () => {
    const part = document.createElement('div');
    part.style.height = '400px';
    document.querySelector('.transcript-content').append(part);
  };
  grow();
  requestAnimationFrame(() => setTimeout(() => {
    grow();
    requestAnimationFrame(() => requestAnimationFrame(done));
  }));
})`;

/** By then the page has been told of the last step. */
const TWO_FRAMES = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

it('shows the end of the conversation after each answer with cards', async () => {
  const page = await open();
  for (const [count, words] of ['red backpack', 'in blue', 'yellow mug'].entries()) {
    await say(page, words);
    await page.locator('.carousel').nth(count).locator('img').first().waitFor();
    await holds(page, AT_END);
  }
  await page.close();
});

it('stays at the end when the conversation grows twice in a row', async () => {
  const page = await open();
  for (let round = 0; round < 3; round += 1) {
    await page.evaluate(GROW_TWICE);
    await expect(page.evaluate(AT_END)).resolves.toBe(true);
  }
  await page.close();
});

it('leaves a reader who has scrolled up where they are, and takes up again at the end', async () => {
  const page = await open();
  await page.evaluate(GROW_TWICE);
  await page.evaluate(`${BOX}.scrollBy(0, -300)`);
  await page.evaluate(TWO_FRAMES);
  const before = await page.evaluate(`${BOX}.scrollTop`);
  await page.evaluate(GROW_TWICE);
  await expect(page.evaluate(`${BOX}.scrollTop`)).resolves.toBe(before);
  await page.evaluate(`${BOX}.scrollBy(0, 5000)`);
  await page.evaluate(TWO_FRAMES);
  await page.evaluate(GROW_TWICE);
  await expect(page.evaluate(AT_END)).resolves.toBe(true);
  await page.close();
});
