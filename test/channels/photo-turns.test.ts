import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app';
import type { PhotoScreener } from '../../src/domain';
import { startServer, stopServers } from '../media/helpers/servers';
import { ColorEncoder } from '../support/color-encoder';
import { temporaryConfig } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';
import { call, type Json, poll, type Started, startConversation, until } from './support/client';
import { listen } from './support/listening';

let app: App;
let origin: string;
let linked: string;
let red: Buffer;
let stop: () => Promise<void>;
let refused = false;
const screener: PhotoScreener = { refuses: async () => refused };
const lines: string[] = [];

beforeAll(async () => {
  red = await flatPicture('#c02020', 'jpeg');
  const files = await startServer((request, response) => {
    if (request.url === '/red.jpg') response.setHeader('content-type', 'text/plain').end(red);
    else if (request.url === '/cut.jpg') response.end(red.subarray(0, 150));
    else if (request.url === '/inwards') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else response.writeHead(404).end();
  });
  linked = files.url;
  const config = temporaryConfig({ DOWNLOAD_ALLOW_PRIVATE: files.host });
  app = createApp(config, { imageEncoder: new ColorEncoder(), photoScreener: screener });
  await filledShop(app);
  const listening = await listen(app, lines);
  origin = listening.origin;
  stop = async () => {
    await listening.stop();
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
    await stopServers();
  };
});
afterAll(() => stop());
beforeEach(() => {
  refused = false;
});

const say = (key: string, language = 'en') => app.translator.text(language as 'en', key);
const directLine = () => `${origin}/v3/directline`;
const start = () => startConversation(directLine(), { locale: 'en-GB' });
const kept = () => readdirSync(join(app.config.DATA_DIR, 'attachments')).length;

/** What the bot says next, once `act` has sent something. */
async function answer(started: Started, act: () => Promise<unknown>): Promise<Json> {
  const said = async () => (await poll(directLine(), started)).filter(({ from }) => (from as Json).role === 'bot');
  const before = await until(async () => (await said()).length || false);
  await act();
  return until(async () => (await said())[before]);
}

async function upload(started: Started, photos: readonly Buffer[], text = ''): Promise<Response> {
  const form = new FormData();
  const type = 'application/vnd.microsoft.activity';
  form.append('activity', new Blob([JSON.stringify({ type: 'message', text })], { type }));
  for (const photo of photos) form.append('file', new Blob([new Uint8Array(photo)], { type: 'image/png' }), 'my.jpg');
  const headers = { authorization: `Bearer ${started.token}` };
  const url = `${directLine()}/conversations/${started.conversationId}/upload?userId=x`;
  return fetch(url, { method: 'POST', headers, body: form });
}

const post = (started: Started, body: Json) =>
  call(`${directLine()}/conversations/${started.conversationId}/activities`, {
    token: started.token,
    body: { type: 'message', from: { id: 'x' }, ...body },
  });

const cards = (activity: Json | undefined) => JSON.stringify(activity?.attachments ?? []);

/** What a channel that expects replies at once is answered. */
async function channelSays(photos: readonly string[], text = '', locale = 'en'): Promise<Json> {
  const body = {
    type: 'message',
    id: `m${Math.random()}`,
    channelId: 'test',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: `c${Math.random()}` },
    from: { id: 'u' },
    recipient: { id: 'bot' },
    deliveryMode: 'expectReplies',
    text,
    locale,
    attachments: photos.map((contentUrl) => ({ contentType: 'image/jpeg', contentUrl })),
  };
  const { body: answered } = await call(`${origin}/api/messages`, { body });
  return (answered.activities as Json[])[0] ?? {};
}

it('finds what looks like an uploaded photo, shows more of it, and goes on with words', async () => {
  const started = await start();
  const alone = await answer(started, () => upload(started, [red]));
  expect(alone.text).toBe(say('photo.unnamed'));
  expect(cards(alone)).toMatch(/(Mug|Backpack) red/);
  const cheap = await answer(started, () => post(started, { text: 'under 20 €' }));
  expect(cheap.text).toContain('20');
  expect(cards(cheap)).toContain('Mug red');
  expect(cards(cheap)).not.toContain('Backpack red');
  const blue = await answer(started, () => post(started, { text: 'in blue' }));
  expect(blue.text).toMatch(/blue.*20/);
});

it('takes five photos for one query, with the words beside them', async () => {
  const started = await start();
  const said = await answer(started, () => upload(started, [red, red, red, red, red], 'do you have this under 20 €?'));
  expect(said.text).toContain('20');
  expect(cards(said)).toContain('Mug red');
});

it('keeps no refused photo, and goes on', async () => {
  const [started, before] = [await start(), kept()];
  refused = true;
  const said = await answer(started, () => upload(started, [red, red]));
  expect(said.text).toBe(say('photoFault.refused'));
  expect(kept()).toBe(before);
  const shown = (await poll(directLine(), started)).flatMap(({ attachments }) => (attachments ?? []) as Json[]);
  for (const { contentUrl } of shown) expect((await fetch(String(contentUrl))).status).toBe(404);
  refused = false;
  expect(cards(await answer(started, () => upload(started, [red])))).toMatch(/red/);
});

it('uses no photo of another conversation', async () => {
  const [owner, thief] = [await start(), await start()];
  await answer(owner, () => upload(owner, [red]));
  const sent = (await poll(directLine(), owner)).flatMap(({ attachments }) => (attachments ?? []) as Json[]);
  const [own] = sent.filter(({ contentUrl }) => contentUrl !== undefined);
  const said = await answer(thief, () => post(thief, { text: '', attachments: [own] }));
  expect(said.text).toBe(say('photoFault.gone'));
  expect((await fetch(String(own?.contentUrl))).status).toBe(200);
});

it('fetches the photos of another channel, whatever it calls them', async () => {
  const said = await channelSays([`${linked}/red.jpg`]);
  expect(said.text).toBe(say('photo.unnamed'));
  expect(cards(said)).toMatch(/(Mug|Backpack) red/);
});

it.each([
  ['is cut off', () => `${linked}/cut.jpg`, 'unreadable'],
  ['is not there', () => `${linked}/none.jpg`, 'gone'],
  ['leads inwards', () => `${linked}/inwards`, 'gone'],
  ['lies in a cloud’s metadata', () => 'http://169.254.169.254/latest/meta-data', 'gone'],
  ['is no address of the web', () => 'data:image/png;base64,iVBORw0KGgo=', 'gone'],
])('answers kindly when the photo of another channel %s', async (_name, url, fault) => {
  const alone = await channelSays([url()], '', 'ja');
  expect(alone.text).toBe(say(`photoFault.${fault}`, 'ja'));
  const worded = await channelSays([url()], 'roter Becher', 'de');
  expect(worded.text).toContain(say(`photoFault.${fault}`, 'de'));
  expect(cards(worded)).toContain('Mug red');
  expect(lines.join('\n')).not.toMatch(/Becher|meta-data|\.jpg/);
});
