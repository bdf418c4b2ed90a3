import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type App, createApp } from '../../src/app';
import { scopeOf } from '../../src/cli/privacy';
import { run } from '../../src/cli/program';
import { EXPORT_FORMAT } from '../../src/cli/write-export';
import { takeLock } from '../../src/storage';
import { call, type Json, openStream, poll, type Started, startConversation, until } from '../channels/support/client';
import { listen } from '../channels/support/listening';
import { ColorEncoder } from '../support/color-encoder';
import { temporaryConfig } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';
import { tracesOf } from '../support/traces';
import { ScriptedVoices } from '../support/voices';

const MAIN = join(__dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
const voices = new ScriptedVoices();
let app: App;
let origin: string;
let stop: () => Promise<void>;

const environment = process.env;
beforeAll(async () => {
  // The commands answer nobody: they need no models.
  process.env = { ...environment, MODELS: 'none', SPEECH: 'none' };
  const config = temporaryConfig({ MODELS: 'none' });
  app = createApp(config, {
    imageEncoder: new ColorEncoder(),
    photoScreener: { refuses: async () => false },
    voiceReader: voices.reader,
    recogniser: voices.recogniser(),
  });
  await filledShop(app);
  const lock = takeLock(config.DATA_DIR, 'serve');
  const listening = await listen(app, []);
  origin = listening.origin;
  stop = async () => {
    await listening.stop();
    lock.release();
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  };
});
afterAll(async () => {
  await stop();
  process.env = environment;
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command beside the server, over connections of its own. */
async function vitrine(...args: string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const listen = (stream: 'stdout' | 'stderr', to: 'out' | 'err') =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[to] += String(text);
      return true;
    });
  const spies = [listen('stdout', 'out'), listen('stderr', 'err')];
  try {
    const code = await run(['--data-dir', app.config.DATA_DIR, ...args]);
    return { code, ...said };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}

/** The command in a process of its own. */
async function spawned(...args: string[]): Promise<Ended> {
  const command = spawn(process.execPath, [MAIN, '--data-dir', app.config.DATA_DIR, ...args]);
  let [out, err] = ['', ''];
  command.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
  });
  command.stderr.on('data', (chunk: Buffer) => {
    err += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => command.once('close', resolve));
  return { code, out, err };
}

const directLine = () => `${origin}/v3/directline`;
const userOf = (started: Started) => app.activities.userOf(started.conversationId) ?? '';
const post = (started: Started, body: Json) =>
  call(`${directLine()}/conversations/${started.conversationId}/activities`, {
    token: started.token,
    body: { type: 'message', from: { id: 'x' }, ...body },
  });

/** Sends something and waits for what the bot says to it. */
async function answered(started: Started, act: () => Promise<unknown>): Promise<void> {
  const said = async () =>
    (await poll(directLine(), started)).filter(({ from }) => (from as Json).role === 'bot').length;
  const before = await until(said);
  await act();
  await until(async () => (await said()) > before);
}

async function upload(started: Started, bytes: Buffer, type: string, name: string): Promise<void> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const headers = { authorization: `Bearer ${started.token}` };
  const url = `${directLine()}/conversations/${started.conversationId}/upload?userId=x`;
  const { status } = await fetch(url, { method: 'POST', headers, body: form });
  expect(status).toBe(200);
}

/** A shopper who writes, sends a photo and a voice note, and likes something; everything has the word in it. */
async function talk(word: string, color: string): Promise<Started> {
  const started = await startConversation(directLine(), { locale: 'en-GB' });
  await answered(started, () => post(started, { text: `a ${word} mug` }));
  const photo = await flatPicture(color, 'jpeg');
  await answered(started, () => upload(started, photo, 'image/jpeg', `${word}-photo.jpg`));
  await answered(started, () => upload(started, voices.saying(`${word} backpack`), 'audio/wav', `${word}.wav`));
  await answered(started, () => post(started, { value: { action: 'like', productId: 'mug-red' } }));
  await answered(started, () => post(started, { text: 'yes' }));
  return started;
}

const shown = ({ out }: { out: string }) => JSON.parse(out) as Json & { data: Record<string, Json[]>; files: Json[] };

it('exports everything that is kept of one shopper, and nothing of another', async () => {
  const [mine, other] = [await talk('glimmerfax', '#c02020'), await talk('otherword', '#2020c0')];
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-export-'));
  const file = join(folder, 'export.json');
  const printed = shown(await vitrine('privacy', 'export', userOf(mine)));
  expect(await vitrine('privacy', 'export', '--conversation', mine.conversationId, '--out', file)).toMatchObject({
    code: 0,
    out: '',
  });
  const written = shown({ out: readFileSync(file, 'utf8') });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
  expect({ ...written, exportedAt: '' }).toEqual({ ...printed, exportedAt: '' });
  expect(written).toMatchObject({
    format: EXPORT_FORMAT,
    shopper: { channel: 'directline', userId: userOf(mine) },
    conversations: [`local:${mine.conversationId}`],
    shared: [],
  });
  expect(written.data.profile_events).toMatchObject([{ product_id: 'mug-red', kind: 'like' }]);
  const texts = written.data.activities?.map(({ json }) => (json as Json).text);
  expect(texts).toEqual(expect.arrayContaining(['a glimmerfax mug', 'yes']));
  expect(JSON.stringify(written)).not.toContain('otherword');
  expect(JSON.stringify(written)).not.toContain(other.conversationId);
  const [photo] = written.files.filter(({ contentType }) => String(contentType).startsWith('image/'));
  expect(photo?.name).toContain('glimmerfax');
  expect(await sharp(Buffer.from(String(photo?.base64), 'base64')).metadata()).toMatchObject({ width: 60, height: 60 });
});

it('erases everything beside a running server, leaves others alone, and says when there is nothing', async () => {
  const [mine, other] = [await talk('bramblewick', '#c02020'), await talk('stayword', '#2020c0')];
  const user = userOf(mine);
  const words = ['bramblewick', user, mine.conversationId];
  expect(tracesOf(app.config.DATA_DIR, words)).not.toEqual([]);
  const before = await poll(directLine(), other);
  expect(await spawned('privacy', 'erase', user)).toMatchObject({ code: 0, err: '' });
  expect(tracesOf(app.config.DATA_DIR, words)).toEqual([]);
  expect(await poll(directLine(), other)).toEqual(before);
  expect(app.audit.page({ limit: 1 })).toMatchObject([{ action: 'erase', result: 'done' }]);
  expect(await vitrine('privacy', 'erase', user)).toMatchObject({ code: 1, err: `Nothing is kept of ${user}.\n` });
}, 120_000);

it('an erase racing a turn loses neither: the message is answered, and nothing is written back', async () => {
  const mine = await talk('thistledown', '#c02020');
  const user = userOf(mine);
  const { activities } = openStream(mine.streamUrl);
  const key = `local:${mine.conversationId}`;
  const find = () => app.privacy.find({ userId: user })[0] ?? { conversations: [key] };
  // The turn has read the state, and searches until it is let go on.
  const search = app.retriever.search.bind(app.retriever);
  let goOn = (): void => undefined;
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const searches = jest.spyOn(app.retriever, 'search').mockImplementation(async (request) => {
    await mayGoOn;
    return search(request);
  });
  await post(mine, { text: 'blue backpack, foxglove' });
  await until(() => searches.mock.calls.length > 0);
  const { version } = app.conversations.load(key);
  const erasing = app.eraser.erase(find(), { serving: true });
  await until(() => app.conversations.load(key).version !== version);
  expect(JSON.stringify(app.privacy.read(find()).data)).not.toContain('thistledown');
  goOn();
  const isAnswer = ({ from, text }: Json) => (from as Json).role === 'bot' && String(text).includes('foxglove');
  const answer = await until(() => activities().find(isAnswer));
  expect(JSON.stringify(answer)).toContain('pack-blue');
  // The first answer rested on a state that was erased.
  expect(searches).toHaveBeenCalledTimes(2);
  searches.mockRestore();
  expect(await erasing).toMatchObject({ waiting: 0 });
  expect(tracesOf(app.config.DATA_DIR, ['thistledown', 'foxglove', user, mine.conversationId])).toEqual([]);
  await expect(post(mine, { text: 'and now?' })).resolves.toMatchObject({ status: 404 });
});

it('erases a shopper of another channel, found by the id there', async () => {
  const body = {
    type: 'message',
    id: 'm1',
    channelId: 'telegram',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: 'chat-4711' },
    from: { id: 'user-4711' },
    recipient: { id: 'bot' },
    deliveryMode: 'expectReplies',
    text: 'a marrowby mug',
  };
  await call(`${origin}/api/messages`, { body });
  expect(await vitrine('privacy', 'erase', 'user-4711', '--channel', 'telegram')).toMatchObject({ code: 0 });
  expect(tracesOf(app.config.DATA_DIR, ['marrowby', 'user-4711', 'chat-4711'])).toEqual([]);
});

it.each([
  ['nobody', undefined, {}, 'name a user'],
  ['two at once', 'u', { conversation: 'c' }, 'name a user'],
  ['the same id on two channels', 'twin', {}, 'one of msteams, telegram'],
])('refuses to guess who is meant: %s', (_name, user, flags, message) => {
  for (const channel of ['msteams', 'telegram']) app.profiles.giveConsent({ channel, userId: 'twin' });
  expect(() => scopeOf(app, user, flags)).toThrow(
    expect.objectContaining({ code: 'QUERY_INVALID', message: expect.stringContaining(message) }),
  );
  expect(scopeOf(app, 'twin', { channel: 'telegram' })?.shopper?.channel).toBe('telegram');
});
