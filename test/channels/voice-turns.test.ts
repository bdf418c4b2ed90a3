import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import { VitrineError } from '../../src/domain';
import { startServer, stopServers } from '../media/helpers/servers';
import { ColorEncoder } from '../support/color-encoder';
import { temporaryConfig } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';
import { ScriptedVoices } from '../support/voices';
import { call, type Json, poll, type Started, startConversation, until } from './support/client';
import { listen } from './support/listening';

let app: App;
let origin: string;
let linked: string;
let stop: () => Promise<void>;
const voices = new ScriptedVoices();
const lines: string[] = [];
const files = new Map<string, Buffer>();

beforeAll(async () => {
  const server = await startServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (file) response.setHeader('content-type', 'text/plain').end(file);
    else if (request.url === '/inwards') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else response.writeHead(404).end();
  });
  linked = server.url;
  const config = temporaryConfig({ DOWNLOAD_ALLOW_PRIVATE: server.host });
  app = createApp(config, {
    imageEncoder: new ColorEncoder(),
    photoScreener: { refuses: async () => false },
    voiceReader: voices.reader,
    recogniser: voices.recogniser(),
  });
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

const say = (key: string, language = 'en', values = {}) => app.translator.text(language as 'en', key, values);
const directLine = () => `${origin}/v3/directline`;
const start = () => startConversation(directLine(), { locale: 'en-GB' });
const cards = (activity: Json | undefined) => JSON.stringify(activity?.attachments ?? []);
const said = async (started: Started) =>
  (await poll(directLine(), started)).filter(({ from }) => (from as Json).role === 'bot');

/** What the bot says next, once `act` has sent something. */
async function answer(started: Started, act: () => Promise<unknown>): Promise<Json> {
  const before = await until(async () => (await said(started)).length || false);
  await act();
  return until(async () => (await said(started))[before]);
}

interface File {
  readonly bytes: Buffer;
  readonly type: string;
}
const wav = (bytes: Buffer): File => ({ bytes, type: 'audio/wav' });

async function upload(started: Started, sent: readonly File[], text = ''): Promise<Json> {
  const form = new FormData();
  const type = 'application/vnd.microsoft.activity';
  form.append('activity', new Blob([JSON.stringify({ type: 'message', text })], { type }));
  for (const { bytes, type: fileType } of sent) {
    form.append('file', new Blob([new Uint8Array(bytes)], { type: fileType }), 'voice.webm');
  }
  const headers = { authorization: `Bearer ${started.token}` };
  const url = `${directLine()}/conversations/${started.conversationId}/upload?userId=x`;
  const response = await fetch(url, { method: 'POST', headers, body: form });
  return (await response.json()) as Json;
}

const post = (started: Started, body: Json) =>
  call(`${directLine()}/conversations/${started.conversationId}/activities`, {
    token: started.token,
    body: { type: 'message', from: { id: 'x' }, ...body },
  });

/** What a channel that expects replies at once is answered. */
async function channelSays(attachments: readonly Json[], text = '', locale = 'en'): Promise<Json> {
  const body = {
    type: 'message',
    id: `m${Math.random()}`,
    channelId: 'slack',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: `c${Math.random()}` },
    from: { id: 'u' },
    recipient: { id: 'bot' },
    deliveryMode: 'expectReplies',
    text,
    locale,
    attachments,
  };
  const { body: answered } = await call(`${origin}/api/messages`, { body });
  return (answered.activities as Json[])[0] ?? {};
}

it('hears an uploaded note, says so in words and to the page, and goes on with more and with words', async () => {
  const started = await start();
  let sent: Json = {};
  const heard = await answer(started, async () => {
    sent = await upload(started, [wav(voices.saying('something red', 0.5))]);
  });
  expect(String(heard.text).split('\n')[0]).toBe(say('heard.unsure', 'en', { text: 'something red' }));
  expect(heard.channelData).toMatchObject({ vitrine: { heard: { text: 'something red', sure: false } } });
  expect(heard.replyToId).toBe(sent.id);
  expect(cards(heard)).toContain('Mug red');
  const typed = await answer(started, () => post(started, { text: 'blue mug' }));
  expect(cards(typed)).toContain('Mug blue');
  expect(typed.channelData).not.toHaveProperty('vitrine');
  const asked = await answer(started, () => upload(started, [wav(voices.saying('green mug', 0.1))]));
  expect(asked.text).toBe(say('heard.doubtful', 'en', { text: 'green mug' }));
  expect(asked.channelData).toMatchObject({ vitrine: { heard: { text: 'green mug', sure: false } } });
  expect(JSON.stringify(asked.suggestedActions)).toContain('"value":"green mug"');
});

it('takes a note with a photo and words as one query', async () => {
  const started = await start();
  const photo = { bytes: await flatPicture('#c02020', 'jpeg'), type: 'image/jpeg' };
  const note = wav(voices.saying('under 20 euros'));
  const reply = await answer(started, () => upload(started, [photo, note], 'like this'));
  expect(reply.text).toContain('20');
  expect(cards(reply)).toContain('Mug red');
  expect(cards(reply)).not.toContain('Backpack red');
});

it('uses no note of another conversation', async () => {
  const [owner, thief] = [await start(), await start()];
  await answer(owner, () => upload(owner, [wav(voices.saying('red mug'))]));
  const sent = (await poll(directLine(), owner)).flatMap(({ attachments }) => (attachments ?? []) as Json[]);
  const own = sent.find(({ contentType }) => contentType === 'audio/wav');
  expect(own).toBeDefined();
  const reply = await answer(thief, () => post(thief, { text: '', attachments: [own] }));
  expect(reply.text).toBe(say('voiceFault.gone'));
});

it('fetches the notes of other channels, whatever they call them', async () => {
  files.set('/note', voices.saying('red mug'));
  const teams = 'application/vnd.microsoft.teams.file.download.info';
  for (const attachment of [
    { contentType: 'audio/ogg', contentUrl: `${linked}/note` },
    { contentType: 'audio', contentUrl: `${linked}/note` },
    { contentType: 'video/webm;codecs=opus', contentUrl: `${linked}/note` },
    { contentType: 'video/mp4', contentUrl: `${linked}/note` },
    { contentType: teams, name: 'note.m4a', content: { downloadUrl: `${linked}/note`, fileType: 'm4a' } },
  ]) {
    const reply = await channelSays([attachment]);
    expect(String(reply.text).split('\n')[0]).toBe(say('heard.sure', 'en', { text: 'red mug' }));
    expect(cards(reply)).toContain('Mug red');
    // What other channels make of channel data is theirs.
    expect(reply.channelData).toBeUndefined();
  }
});

it.each([
  ['is silent', '/silent', new VitrineError('VOICE_SILENT', 'Nobody speaks.'), 'silent'],
  ['can’t be decoded', '/broken', new VitrineError('VOICE_UNREADABLE', 'No recording.'), 'unreadable'],
  ['is too long', '/long', new VitrineError('VOICE_TOO_LONG', 'Too long.'), 'tooLong'],
  ['is not there', '/none', undefined, 'gone'],
  ['leads inwards', '/inwards', undefined, 'gone'],
])('answers kindly when the note of another channel %s', async (_name, path, unreadable, fault) => {
  if (unreadable) files.set(path, voices.note({ unreadable }));
  const attachment = { contentType: 'audio/ogg', contentUrl: `${linked}${path}` };
  expect((await channelSays([attachment], '', 'ja')).text).toBe(say(`voiceFault.${fault}`, 'ja'));
  const worded = await channelSays([attachment], 'roter Becher', 'de');
  expect(worded.text).toContain(say(`voiceFault.${fault}`, 'de'));
  expect(cards(worded)).toContain('Mug red');
});

it('hears ten notes at once while those who write are answered', async () => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const speakers = await Promise.all(Array.from({ length: 10 }, start));
  const writers = await Promise.all(Array.from({ length: 3 }, start));
  await Promise.all([...speakers, ...writers].map((each) => until(async () => (await said(each)).length || false)));
  // More of them than turns may run at once are held, so that they are under way while the writers are answered.
  expect(app.config.TURN_CONCURRENCY).toBeLessThan(10);
  const send = (each: Started, i: number, more = {}) =>
    upload(each, [wav(voices.note({ heard: { text: `mug ${['red', 'blue'][i % 2]}`, confidence: 0.9 }, ...more }))]);
  await Promise.all(speakers.map((each, i) => send(each, i, { until: released })));
  const written = writers.map((each) => answer(each, () => post(each, { text: 'green mug' })));
  for (const reply of await Promise.all(written)) expect(cards(reply)).toContain('Mug green');
  for (const each of speakers) expect(await said(each)).toHaveLength(1);
  release();
  for (const [i, each] of speakers.entries()) {
    const reply = await until(async () => (await said(each))[1]);
    expect(cards(reply)).toContain(`Mug ${['red', 'blue'][i % 2]}`);
  }
});

it('logs neither what was said nor where it lies', () => {
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('\n')).not.toMatch(/red mug|something red|green mug|under 20|\/note|169\.254/);
});
