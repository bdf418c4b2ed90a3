import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { barriersOf, faultsOf, fitsWidth, holds, launchBrowser, say, told } from '../support/browser';
import { FAKE_VOICES, fakeMicrophone, hum, WATCH_TRACKS } from '../support/microphone';
import { type ShopServer, startShop } from '../support/shop-server';

// A browser on a busy machine takes its time.
jest.setTimeout(180_000);

let server: ShopServer;
let browser: Browser;
const microphone = fakeMicrophone(hum(6));

beforeAll(async () => {
  server = await startShop();
  browser = await launchBrowser(microphone.flags);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  microphone.remove();
});

interface Opening {
  readonly width?: number;
  readonly calm?: boolean;
  readonly allowed?: boolean;
  /** What runs in the page before its own scripts. */
  readonly scripts?: readonly string[];
  readonly prepare?: (page: Page) => Promise<void>;
}

async function open(locale: string, opening: Opening = {}) {
  const { width = 1280, calm = false, allowed = true, scripts = [WATCH_TRACKS], prepare } = opening;
  const context = await browser.newContext({
    locale,
    viewport: { width, height: 800 },
    ...(calm && { reducedMotion: 'reduce' as const }),
    ...(allowed && { permissions: ['microphone'] }),
  });
  const page = await context.newPage();
  for (const content of scripts) await page.addInitScript(content);
  await prepare?.(page);
  const faults = faultsOf(page);
  await page.goto(server.address);
  await page.locator('.message-bot').first().waitFor();
  return { page, faults, close: () => context.close() };
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const record = (page: Page) => button(page, 'Record a voice note');
const saysStatus = (page: Page, words: RegExp) =>
  page.locator('.recorder-says', { hasText: words }).waitFor({ state: 'attached' });
const released = (page: Page) =>
  holds(page, 'tracks.length > 0 && tracks.every(({ readyState }) => readyState === "ended")');
const bubble = (page: Page) => page.locator('.message-shopper .voice');
const length = (page: Page, where: string) => page.locator(`${where} .player-time`);
/** Waits until more than a second of sound is in the recording. */
const speak = (page: Page) => page.locator('.record-time', { hasText: /^0:0[1-9]/ }).waitFor();

it('records with level and time, plays it back, and sends it with words', async () => {
  const { page, faults, close } = await open('en-GB');
  await page.locator('.send-box textarea').fill('something like this');
  await record(page).click();
  await saysStatus(page, /^Recording$/);
  await speak(page);
  await expect(page.locator('.record-time').textContent()).resolves.toContain('of 2:00');
  await holds(page, '[...document.querySelectorAll(".level i")].some(({ style }) => parseFloat(style.height) > 30)');
  await button(page, 'Stop recording').click();
  await saysStatus(page, /^Recording stopped, \d seconds?$/);
  await released(page);

  const position = page.getByRole('slider', { name: 'Position in the voice note' });
  await holds(page, 'document.querySelector(".note-bar audio").duration < 60');
  await expect(length(page, '.note-bar').textContent()).resolves.toMatch(/^0:0[1-9]$/);
  await button(page, 'Play').click();
  await button(page, 'Pause').waitFor();
  await holds(page, 'Number(document.querySelector(".note-bar input").value) > 0.2');
  await button(page, 'Pause').click();
  await position.fill('0.5');
  await holds(page, 'Math.abs(document.querySelector(".note-bar audio").currentTime - 0.5) < 0.1');
  await expect(position.getAttribute('aria-valuetext')).resolves.toMatch(/^0 seconds of \d seconds?$/);
  await expect(barriersOf(page)).resolves.toEqual([]);

  await button(page, 'Send').click();
  await bubble(page).waitFor();
  await page.locator('.message-shopper .bubble', { hasText: 'something like this' }).waitFor();
  await expect(page.locator('.note-bar').count()).resolves.toBe(0);
  await page.locator('.message-bot').nth(1).waitFor();
  expect(faults).toEqual([]);
  await close();
});

it('records and sends by keyboard alone, on a phone, without motion', async () => {
  const { page, close } = await open('en', { width: 390, calm: true });
  await record(page).focus();
  await page.keyboard.press('Enter');
  await button(page, 'Stop recording').waitFor();
  await speak(page);
  await expect(page.evaluate('document.activeElement.classList.contains("stop")')).resolves.toBe(true);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await expect(fitsWidth(page)).resolves.toBe(true);
  await page.keyboard.press('Space');
  await page.locator('.note-bar').waitFor();
  await expect(page.evaluate('document.activeElement.type')).resolves.toBe('submit');
  await expect(fitsWidth(page)).resolves.toBe(true);
  await expect(barriersOf(page)).resolves.toEqual([]);
  await page.keyboard.press('Enter');
  await bubble(page).waitFor();
  await holds(page, 'document.activeElement.getAttribute("aria-label") === "Record a voice note"');
  await page.locator('.message-bot').nth(1).waitFor();
  await expect(fitsWidth(page)).resolves.toBe(true);
  await close();
});

it('cancels by Escape and by button, discards, and records again; each gives the microphone back', async () => {
  const { page, close } = await open('en');
  await page.locator('.send-box textarea').fill('a mug');
  await record(page).click();
  await speak(page);
  await page.keyboard.press('Escape');
  await saysStatus(page, /^Recording cancelled$/);
  await released(page);
  await expect(page.evaluate('document.activeElement.getAttribute("aria-label")')).resolves.toBe('Record a voice note');
  await expect(page.locator('.send-box textarea').inputValue()).resolves.toBe('a mug');

  await record(page).click();
  await speak(page);
  await button(page, 'Cancel the recording').click();
  await released(page);
  await expect(page.locator('.note-bar').count()).resolves.toBe(0);

  await record(page).click();
  await speak(page);
  await button(page, 'Stop recording').click();
  await button(page, 'Record again').click();
  await speak(page);
  await button(page, 'Stop recording').click();
  await button(page, 'Discard the recording').click();
  await saysStatus(page, /^Recording discarded$/);
  await expect(page.locator('.note-bar').count()).resolves.toBe(0);
  await released(page);
  await expect(page.locator('.message-shopper').count()).resolves.toBe(0);
  await close();
});

it('says what to do where the browser refuses the microphone, and goes on by typing', async () => {
  const { page, close } = await open('en', { allowed: false });
  await record(page).click();
  await page.getByRole('alert').filter({ hasText: 'The microphone is not allowed' }).waitFor();
  await expect(barriersOf(page)).resolves.toEqual([]);
  await say(page, 'red backpack');
  await told(page, 'Here is what I found');
  await expect(page.locator('.refused').textContent()).resolves.toBe('');
  await close();
});

it.each([
  ['de', 'Sprachnachricht aufnehmen', 'NotAllowedError', 'Mikrofon ist nicht erlaubt'],
  ['es', 'Grabar una nota de voz', 'NotFoundError', 'No se ha encontrado ningún micrófono'],
  ['fr', 'Enregistrer un message vocal', 'NotReadableError', 'déjà utilisé'],
  ['ru', 'Записать голосовое сообщение', 'NotFoundError', 'Микрофон не найден'],
  ['zh-CN', '录制语音消息', 'NotReadableError', '正被占用'],
  ['ja', 'ボイスメッセージを録音', 'NotAllowedError', '許可されていません'],
  ['pt-BR', 'Gravar uma mensagem de voz', 'InventedError', 'Não é possível gravar aqui'],
])('%s: "%s", %s', async (locale, name, error, message) => {
  const script = `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', '${error}'); }`;
  const { page, close } = await open(locale, { scripts: [script] });
  await button(page, name).click();
  await page.getByRole('alert').filter({ hasText: message }).waitFor();
  await close();
});

it('says that the page must be a secure one', async () => {
  const script = 'Object.defineProperty(window, "isSecureContext", { value: false })';
  const { page, close } = await open('en', { scripts: [script] });
  await record(page).click();
  await page.getByRole('alert').filter({ hasText: 'https://' }).waitFor();
  await close();
});

it('a note that did not arrive is sent again; it plays after a reload, until it is gone', async () => {
  const { page, close } = await open('en');
  await page.route('**/upload*', (route) => route.abort(), { times: 1 });
  await record(page).click();
  await speak(page);
  await button(page, 'Stop recording').click();
  await button(page, 'Send').click();
  await page.getByText('Not sent.').waitFor();
  await expect(bubble(page).count()).resolves.toBe(1);
  await button(page, 'Try again').click();
  await page.locator('.message-bot').nth(1).waitFor();
  await expect(bubble(page).count()).resolves.toBe(1);

  await page.reload();
  await bubble(page).waitFor();
  await length(page, '.message-shopper')
    .filter({ hasText: /^0:0[1-9]$/ })
    .waitFor();
  await button(page, 'Play').click();
  await holds(page, 'document.querySelector(".message-shopper audio").currentTime > 0.2');

  await page.route('**/v3/attachments/**', (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await page.getByText('This voice note is no longer here').waitFor();
  await expect(barriersOf(page)).resolves.toEqual([]);
  await close();
});

it('takes a recording that was made elsewhere, and shows its length', async () => {
  const { page, close } = await open('en');
  const chooser = page.locator('.send-box input[type=file]').first();
  await chooser.setInputFiles({ name: 'memo.wav', mimeType: 'audio/wav', buffer: hum(3) });
  await page.locator('.file-chip', { hasText: 'memo.wav' }).locator('.file-length', { hasText: '0:03' }).waitFor();
  await button(page, 'Send').click();
  await bubble(page).waitFor();
  await page.locator('.message-bot').nth(1).waitFor();
  await length(page, '.message-shopper').filter({ hasText: '0:03' }).waitFor();
  await close();
});

/** Lets answers that come to a page say what was heard, whatever the server's recogniser makes of a hum. */
function hears(page: Page, heard: object): Promise<void> {
  return page.routeWebSocket(/\/stream/, (socket: WebSocketRoute) => {
    const upstream = socket.connectToServer();
    upstream.onMessage((message) => {
      if (typeof message !== 'string' || message === '') return socket.send(message);
      const set = JSON.parse(message);
      for (const activity of set.activities ?? []) {
        if (activity.replyToId) activity.channelData = { ...activity.channelData, vitrine: { heard } };
      }
      socket.send(JSON.stringify(set));
    });
  });
}

it.each([
  [true, /^Heard: “red backpack”/],
  [false, /^Perhaps heard: “red backpack”\?/],
])('shows what was heard (sure: %s), and one tap corrects it', async (sure, shown) => {
  const prepare = (page: Page) => hears(page, { text: 'red backpack', sure });
  const { page, close } = await open('en', { width: 390, prepare });
  await record(page).click();
  await speak(page);
  await button(page, 'Stop recording').click();
  await button(page, 'Send').click();
  const line = page.locator('.message-shopper .heard');
  await line.waitFor();
  await expect(line.textContent()).resolves.toMatch(shown);
  await expect(line.getAttribute('class')).resolves.toBe(sure ? 'heard' : 'heard heard-unsure');
  await expect(barriersOf(page)).resolves.toEqual([]);
  await button(page, 'Correct what was heard: red backpack').click();
  const box = page.locator('.send-box textarea');
  await expect(box.inputValue()).resolves.toBe('red backpack');
  await expect(page.evaluate('document.activeElement.tagName')).resolves.toBe('TEXTAREA');
  await page.keyboard.type('s');
  await page.keyboard.press('Enter');
  await page.locator('.message-shopper .bubble', { hasText: 'red backpacks' }).waitFor();
  await close();
});

it('reads answers out when asked to, and is silent when the shopper types, speaks or says so', async () => {
  const { page, close } = await open('en-GB', { scripts: [WATCH_TRACKS, FAKE_VOICES] });
  const silent = 'spoken.at(-1) === "silence"';
  const aloud = button(page, 'Read answers aloud');
  await say(page, 'red backpack');
  await told(page, 'Here is what I found');
  await expect(page.evaluate('spoken.some((words) => words !== "silence")')).resolves.toBe(false);
  await aloud.click();
  await expect(aloud.getAttribute('aria-pressed')).resolves.toBe('true');
  await say(page, 'blue mug');
  await holds(page, 'spoken.some((words) => /^en-GB: .*, €/.test(words))');
  await expect(page.evaluate('spoken.filter((words) => /backpack/.test(words)).length')).resolves.toBe(0);
  await page.locator('.send-box textarea').fill('x');
  await holds(page, silent);
  await say(page, 'blue mug');
  await holds(page, '!(spoken.at(-1) === "silence")');
  await record(page).click();
  await holds(page, silent);
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(aloud.getAttribute('aria-pressed')).resolves.toBe('true');
  await told(page, 'mug');
  await expect(page.evaluate('spoken.some((words) => words !== "silence")')).resolves.toBe(false);
  await aloud.click();
  await expect(page.evaluate(silent)).resolves.toBe(true);
  await close();
});

it('offers no reading where the browser has no voice for the language', async () => {
  const { page, close } = await open('fr', { scripts: [FAKE_VOICES] });
  await expect(button(page, 'Lire les réponses à voix haute').count()).resolves.toBe(0);
  await close();
});

it('shows no microphone where the shop hears no voice notes', async () => {
  const { page, close } = await open('en-GB', {
    prepare: async (page) => {
      await page.route('**/page/strings*', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), hears: false } });
      });
    },
  });
  await page.locator('.send-box .send').waitFor();
  await record(page).waitFor({ state: 'detached' });
  await close();
});
