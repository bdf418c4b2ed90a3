// Takes README's pictures of hand-off: node scripts/screenshot-console.mjs DEMO_DATA_DIR [folder]
// Serves a copy of the demo catalogue (`vitrine --data-dir DIR demo` makes one) and plays four shoppers and two agents.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(root, 'dist', 'src', 'cli', 'main.js');
const [demo, folder = join(root, 'docs')] = process.argv.slice(2);
if (!demo) {
  process.stderr.write('Name a data directory with the demo catalogue.\n');
  process.exit(2);
}
const PASSWORD = 'only for a picture';
const PHONE = { width: 430, height: 860 };
const data = mkdtempSync(join(tmpdir(), 'vitrine-screenshot-'));
cpSync(demo, data, { recursive: true });
const env = { ...process.env, DATA_DIR: data, LOG_LEVEL: 'error' };
for (const [name, display] of [
  ['ann', 'Ann'],
  ['mei', '小美'],
]) {
  spawnSync(process.execPath, [main, 'agent', 'add', name, '--role', 'agent', '--display', display], {
    input: `${PASSWORD}\n`,
    env,
  });
}
const server = spawn(process.execPath, [main, 'serve', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve, reject) => {
  server.once('exit', reject);
  server.stdout.on('data', (chunk) => {
    const match = /http:\/\/localhost:\d+/.exec(String(chunk));
    if (match) resolve(match[0]);
  });
});
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-sync'] });

async function open(path, locale, viewport, colorScheme = 'light') {
  const page = await browser.newPage({ locale, viewport, colorScheme });
  await page.goto(address + path);
  return page;
}

async function shopper(locale, viewport) {
  const page = await open('/', locale, viewport);
  await page.locator('.message-bot').first().waitFor();
  return page;
}

/** Sends words, and perhaps a file, and waits for what is answered. */
async function say(page, words, { answer = 'article', file } = {}) {
  if (file) await page.locator('.send-box input[type=file]').first().setInputFiles(file);
  const box = page.locator('.send-box textarea');
  await box.fill(words);
  await box.press('Enter');
  if (answer)
    await page
      .locator('.message-bot', { has: page.locator(answer) })
      .last()
      .waitFor();
}

async function agent(name, locale, colorScheme) {
  const page = await open('/agent/', locale, { width: 1440, height: 860 }, colorScheme);
  await page.locator('input[autocomplete=username]').fill(name);
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('.queue').waitFor();
  return page;
}

const talk = (page) => page.locator('.talk[data-front=true]');

async function take(page, words) {
  await page.locator('.lists button').first().click();
  await page.locator('.row', { hasText: words }).locator('.row-claim').click();
  await talk(page).locator('.composer').waitFor();
}

async function write(page, words, keys = []) {
  for (const key of keys) await page.keyboard.press(key);
  const box = talk(page).locator('.composer textarea');
  await box.fill(words);
  await box.press('Enter');
  await talk(page).locator('.bubble', { hasText: words }).waitFor();
}

async function pick(page, words) {
  await page.keyboard.press('Alt+p');
  await page.locator('.product-search input[type=search]').fill(words);
  await page.locator('.product-results button').first().click();
}

async function shoot(page, name) {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(1_000);
  mkdirSync(folder, { recursive: true });
  await sharp(await page.screenshot())
    .png({ palette: true, effort: 10 })
    .toFile(join(folder, name));
}

try {
  const kim = await shopper('en-GB', PHONE);
  await say(kim, 'yellow backpack for kids');
  const picture = await kim.evaluate('document.querySelector("article img").src');
  const photo = Buffer.from(await (await fetch(picture)).arrayBuffer());
  await say(kim, 'can I talk to a real person please', { answer: '.bubble:has-text("queue")' });
  const tom = await shopper('en-GB', PHONE);
  await say(tom, 'running shoes');
  await say(tom, 'I would like to speak to someone', { answer: '.bubble:has-text("queue")' });

  const ann = await agent('ann', 'en-GB', 'light');
  await take(ann, 'speak to someone');
  await write(ann, 'Hello, I am Ann. Which ones do you like?');
  await say(tom, '', { answer: '', file: join(root, 'test', 'fixtures', 'voice', 'speech.mp3') });
  await talk(ann).locator('.heard').waitFor();
  await pick(ann, 'red running shoes');
  await write(ann, 'These are light, and made for roads.');
  await write(ann, 'Asked about delivery last week, too', ['Alt+n']);
  await ann.keyboard.press('Alt+n');
  await take(ann, 'real person');
  await say(kim, 'My bag looks like this. Is there a bigger one?', {
    answer: '',
    file: { name: 'bag.webp', mimeType: 'image/webp', buffer: photo },
  });
  await talk(ann).locator('.entry-shopper img').waitFor();
  await pick(ann, 'yellow leather backpack');
  await write(ann, 'Yes: this one holds twice as much.');
  await kim
    .locator('.message', { has: kim.locator('.person') })
    .locator('article')
    .waitFor();
  await shoot(ann, 'console.png');

  const lin = await shopper('zh-CN', PHONE);
  await say(lin, '便宜的红色吉他');
  await say(lin, '我想找真人客服', { answer: '.bubble:has-text("您排在")' });
  const hua = await shopper('zh-CN', PHONE);
  await say(hua, '蓝色的雨伞');
  await say(hua, '转人工', { answer: '.bubble:has-text("您排在")' });
  const mei = await agent('mei', 'zh-CN', 'dark');
  await take(mei, '真人客服');
  await write(mei, '您好，我是小美。是给孩子用的吗？');
  await say(lin, '对，八岁', { answer: '' });
  await pick(mei, '儿童吉他');
  await write(mei, '这把适合八岁的孩子：');
  await mei.locator('.lists button').first().click();
  await shoot(mei, 'console-zh.png');

  await ann.keyboard.press('Alt+f');
  await talk(ann).locator('.outcome').nth(1).click();
  await talk(ann).locator('.wrap-up .primary').click();
  await kim.getByRole('button', { name: '★★★★★', exact: true }).waitFor();
  await kim.setViewportSize({ ...PHONE, height: 1_180 });
  await shoot(kim, 'handoff-shopper.png');
} finally {
  await browser.close();
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
  rmSync(data, { recursive: true, force: true });
}
