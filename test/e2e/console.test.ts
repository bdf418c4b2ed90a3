import type { Browser, Page } from 'playwright-core';
import { barriersOf, faultsOf, fitsWidth, holds, launchBrowser, say, told } from '../support/browser';
import { asked, reads, signIn, sticksOut, talkOf, transcriptOf, write } from '../support/console-page';
import { flatPicture } from '../support/photos';
import { addAgent, type ShopServer, startShop } from '../support/shop-server';

// Five pages work at once.
jest.setTimeout(180_000);

/** Two shoppers, two agents and a supervisor in one browser, on one server, from the first word to the satisfaction. */
let server: ShopServer;
let browser: Browser;
/** Everything that went wrong in any page. */
const faults: string[][] = [];

beforeAll(async () => {
  addAgent('ann', 'agent', 'Ann');
  addAgent('mei', 'agent', '小美');
  addAgent('sue', 'supervisor', 'Sue');
  server = await startShop();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

interface Screen {
  readonly locale: string;
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

async function open(path: string, { locale, width = 1280, colorScheme = 'light' }: Screen): Promise<Page> {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 844 } });
  const page = await context.newPage();
  faults.push(faultsOf(page));
  await page.goto(server.address + path);
  return page;
}

let kim: Page;
let lin: Page;
let ann: Page;
let mei: Page;

/** The id of the conversation that an agent has. */
async function ticketOf(page: Page): Promise<string> {
  return JSON.parse((await asked(page, 'tickets?state=mine')).body).tickets[0].id;
}

const typing = (page: Page) => page.locator('.typing');
const file = (buffer: Buffer, name = 'red.jpg', mimeType = 'image/jpeg') => ({ name, mimeType, buffer });

it('lets agents in by their password only', async () => {
  ann = await open('/agent/', { locale: 'en-GB' });
  await signIn(ann, 'ann', 'not the password');
  await ann.getByText('Name or password is wrong.').waitFor();
  await signIn(ann, 'ann');
  await ann.getByText('Nobody is waiting').waitFor();
  mei = await open('/agent/', { locale: 'zh-CN', width: 390, colorScheme: 'dark' });
  await mei.getByText('登录后即可与顾客对话').waitFor();
  await expect(barriersOf(mei)).resolves.toEqual([]);
  await expect(sticksOut(mei)).resolves.toEqual([]);
  await signIn(mei, 'mei');
  await mei.locator('.queue').waitFor();
});

it('shows who waits: language, topic, what was said; each agent takes one', async () => {
  [kim, lin] = await Promise.all([
    open('/', { locale: 'en-GB' }),
    open('/', { locale: 'zh-CN', width: 390, colorScheme: 'dark' }),
  ]);
  await say(kim, 'yellow backpack');
  await told(kim, 'Here is what I found');
  await say(kim, 'can I talk to a real person please');
  await told(kim, 'number 1 in the queue');
  await say(lin, '便宜的红色吉他');
  await told(lin, '为您找到');
  await say(lin, '我想找真人客服');
  await told(lin, '您排在第2位');

  for (const page of [ann, mei]) await page.locator('.row').nth(1).waitFor();
  await expect(ann.locator('.row').allInnerTexts()).resolves.toEqual([
    expect.stringMatching(/EN.*backpacks.*\d:\d\d.*can I talk to a real person please.*Asked for a person/s),
    expect.stringMatching(/ZH.*吉他.*\d:\d\d.*我想找真人客服/s),
  ]);
  await expect(barriersOf(ann)).resolves.toEqual([]);
  await expect(sticksOut(mei)).resolves.toEqual([]);
  // Both take the same one: Ann's wish comes later.
  let arrives = () => {};
  const later = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  await ann.route('**/claim', async (route) => {
    await later;
    await route.continue();
  });
  await ann.locator('.row', { hasText: '吉他' }).locator('.row-claim').click();
  await mei.locator('.row', { hasText: '吉他' }).locator('.row-claim').click();
  await talkOf(mei).locator('.composer').waitFor();
  arrives();
  await ann.getByText('A colleague was first').waitFor();
  await ann.unroute('**/claim');
  await ann.locator('.row', { hasText: 'backpacks' }).locator('.row-claim').click();
  await told(kim, 'Ann is here now');
  await told(lin, '小美已接入');
  // The whole conversation, with what the assistant understood and showed.
  await reads(ann, 'bot', 'Here is what I found');
  await expect(talkOf(ann).locator('.understood').innerText()).resolves.toMatch(/backpacks.*yellow/i);
  await holds(ann, 'document.querySelector(".entry-products img").naturalWidth > 100');
  await reads(mei, 'bot', '为您找到');
});

it('carries words, typing, pictures and products both ways, and the assistant stays silent', async () => {
  await talkOf(ann).locator('.composer textarea').pressSequentially('Hel');
  await typing(kim).getByText('Ann is writing').waitFor({ state: 'attached' });
  await kim.locator('.send-box textarea').pressSequentially('Is it');
  await typing(ann).getByText('The shopper is typing').waitFor({ state: 'attached' });

  await write(ann, 'Hello, I am Ann.');
  await write(mei, '您好，我是小美。');
  await told(kim, 'Hello, I am Ann.');
  await told(lin, '您好，我是小美。');
  // Words that the assistant would answer at once.
  await say(kim, 'red guitar');
  await say(lin, '黄色背包');
  await reads(ann, 'shopper', 'red guitar');
  await reads(mei, 'shopper', '黄色背包');

  await ann.keyboard.press('Alt+p');
  await ann.locator('.product-search input[type=search]').fill('yellow backpack');
  const found = ann.locator('.product-results button');
  await found.first().click();
  const title = await found.first().locator('.product-title').innerText();
  await talkOf(ann)
    .locator('.composer-tools input[type=file]')
    .setInputFiles(file(await flatPicture('#d01010', 'jpeg')));
  await talkOf(ann).locator('.draft-chips img').nth(1).waitFor();
  await talkOf(ann).locator('.composer-state:empty').waitFor({ state: 'attached' });
  await write(ann, 'This one, in red too:');
  await told(kim, 'This one, in red too:');
  await expect(kim.locator('article').last().innerText()).resolves.toContain(title);
  await holds(kim, 'document.querySelector(".message-bot .files img")?.naturalWidth > 10');

  await talkOf(mei).getByLabel('添加商品').click();
  await mei.locator('.product-search input[type=file]').setInputFiles(file(await flatPicture('#d01010', 'jpeg')));
  await mei.locator('.product-results button').first().click();
  await expect(sticksOut(mei)).resolves.toEqual([]);
  await mei.locator('.composer textarea').press('Enter');
  await lin
    .locator('.message', { has: lin.locator('.person') })
    .locator('article')
    .waitFor();
  for (const page of [ann, mei]) await expect(barriersOf(page)).resolves.toEqual([]);
});

it('shows each agent their own conversation and nothing of the other', async () => {
  const [english, chinese] = await Promise.all([ticketOf(ann), ticketOf(mei)]);
  await expect(ann.locator('body').innerText()).resolves.not.toMatch(/小美。|黄色背包|真人客服/);
  await expect(mei.locator('body').innerText()).resolves.not.toMatch(/I am Ann|red guitar|real person/);
  await expect(kim.locator('body').innerText()).resolves.not.toMatch(/小美|背包/);
  await expect(lin.locator('body').innerText()).resolves.not.toMatch(/Ann|guitar/);
  expect((await asked(ann, `tickets/${chinese}`)).status).toBe(403);
  expect((await asked(mei, `tickets/${english}/entries?before=999`)).status).toBe(403);
});

it('cuts, drops and doubles nothing that an agent writes', async () => {
  await write(ann, `${'x'.repeat(9_999)}尾`);
  await talkOf(ann).getByText('Too long to send. Characters to leave out: 6,000').waitFor();
  await expect(talkOf(ann).locator('.composer textarea').inputValue()).resolves.toHaveLength(10_000);
  await write(ann, '\u200b\u202e\u200d');
  await write(ann, '<script>alert(1)</script> \u202eمرحبا');
  const picker = talkOf(ann).locator('.composer-tools input[type=file]');
  const refusal = talkOf(ann).getByText('Only JPEG, PNG, WebP, GIF and AVIF');
  await picker.setInputFiles(file(Buffer.from('<svg/>'), 'drawing.svg', 'image/svg+xml'));
  await refusal.waitFor();
  const files = [
    file(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing.png', 'image/png'),
    file(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'photo.jpg'),
  ];
  for (const bad of files) {
    await picker.setInputFiles(bad);
    await talkOf(ann).locator('.draft-chips li[data-failed=true]').waitFor();
    await refusal.waitFor();
    await write(ann, 'not without the picture');
    await talkOf(ann).locator('.draft-chips .icon-button').click();
  }
  // The server has it, the page does not know: twice.
  let lost = 0;
  await ann.route('**/messages', async (route) => {
    if (++lost > 2) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await write(ann, 'sent three times');
  await told(kim, 'sent three times');
  await ann.context().setOffline(true);
  await write(ann, 'without a network, one');
  await write(ann, 'without a network, two');
  await ann.getByText('The connection is interrupted').waitFor();
  await say(kim, 'are you there?');
  await ann.context().setOffline(false);
  await told(kim, 'without a network, two');
  await reads(ann, 'shopper', 'are you there?');
  await talkOf(ann).locator('.entry-pending').waitFor({ state: 'detached' });
  const sent = [
    '<script>alert(1)</script> \u202eمرحبا',
    'sent three times',
    'without a network, one',
    'without a network, two',
  ];
  const lines = await transcriptOf(ann);
  expect(lines.filter((line) => line.startsWith('agent: ')).slice(-4)).toEqual(sent.map((words) => `agent: ${words}`));
  expect(lines.filter((line) => line === 'shopper: are you there?')).toHaveLength(1);
  const read = await kim.locator('.message-bot .bubble').allInnerTexts();
  expect(read.slice(-4)).toEqual(sent);
});

it('ends with an outcome and the shoppers’ satisfaction, which supervisors see and export', async () => {
  for (const page of [ann, mei]) {
    await page.keyboard.press('Alt+f');
    await talkOf(page).locator('.outcome').first().click();
    await expect(sticksOut(page)).resolves.toEqual([]);
    await talkOf(page).locator('.wrap-up .primary').click();
  }
  await told(kim, 'How satisfied were you');
  await told(lin, '您对同事的服务满意吗');
  await kim.getByRole('button', { name: '★★★★★', exact: true }).click();
  await lin.getByRole('button', { name: '★★★', exact: true }).click();
  await told(kim, 'Thank you!');
  await told(lin, '谢谢！');
  await expect(fitsWidth(lin)).resolves.toBe(true);
  // While the agents had them, the assistant said nothing.
  for (const page of [ann, mei]) {
    const lines = await transcriptOf(page);
    const taken = lines.findIndex((line) => line.startsWith('agent: '));
    const said = (from: number, to?: number) => lines.slice(from, to).filter((line) => line.startsWith('bot: '));
    expect(said(0, taken)).not.toEqual([]);
    expect(said(taken)).toEqual([]);
  }

  const sue = await open('/agent/', { locale: 'en-GB' });
  await signIn(sue, 'sue');
  await sue.getByRole('button', { name: 'Overview' }).click();
  await sue.getByText('Ratings: 2').waitFor();
  await expect(barriersOf(sue)).resolves.toEqual([]);
  await sue.setViewportSize({ width: 390, height: 844 });
  await expect(sticksOut(sue)).resolves.toEqual([]);
  const table = await asked(sue, 'supervisor/export.csv');
  const rows = table.body.trim().split('\r\n').slice(1);
  expect(rows).toEqual([
    expect.stringMatching(/"en","asked","backpacks","closed","Ann",.*"solved","",5,/),
    expect.stringMatching(/"zh","asked","吉他","closed","小美",.*"solved","",3,/),
  ]);
  expect((await asked(ann, 'supervisor/export.csv')).status).toBe(403);
  // What the server refused was provoked here; a script that ran, or a broken policy, was not.
  expect(faults.flat().filter((fault) => !/^Failed to load resource|^WebSocket connection/.test(fault))).toEqual([]);
});
