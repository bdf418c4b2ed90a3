import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { SqlitePrivacyStore } from '../../src/storage';
import { serverDeps } from '../support/server-deps';
import { call, directLineClient, type Json, poll, type Started, startConversation, until } from './support/client';
import { type Harness, startHarness } from './support/harness';

let harness: Harness;
let photo: Buffer;

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-uploads-'));
  harness = await startHarness({ folder });
  photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#c03020' } })
    .withExif({ IFD0: { Make: 'SecretCamera' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await harness.close();
  rmSync(folder, { recursive: true, force: true });
});

const wav = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt '), Buffer.alloc(40)]);

async function upload(started: Started, form: FormData | Buffer, headers: Record<string, string> = {}) {
  const url = `${harness.directLine}/conversations/${started.conversationId}/upload?userId=x`;
  const body = form instanceof FormData ? form : new Uint8Array(form);
  const authorization = `Bearer ${started.token}`;
  const response = await fetch(url, { method: 'POST', headers: { authorization, ...headers }, body });
  return { status: response.status, body: (await response.json()) as Json };
}

function formOf(files: readonly (readonly [Buffer, string, string?])[], activity?: unknown): FormData {
  const form = new FormData();
  if (activity !== undefined) {
    const type = 'application/vnd.microsoft.activity';
    form.append('activity', new Blob([JSON.stringify(activity)], { type }));
  }
  for (const [bytes, name, type] of files) {
    form.append('file', new Blob([new Uint8Array(bytes)], type === undefined ? {} : { type }), name);
  }
  return form;
}

const lastOf = async (started: Started) =>
  (await poll(harness.directLine, started)).filter(({ from }) => (from as Json).role === 'user').at(-1) ?? {};
const attachmentsOf = (activity: Json) => (activity.attachments ?? []) as Json[];
const kept = () => readdirSync(join(folder, 'attachments')).length;

it('takes a photo, makes it harmless, and shows it to the shopper', async () => {
  const started = await startConversation(harness.directLine);
  const activity = { type: 'message', text: 'like this', channelData: { clientActivityID: 'u1' } };
  const claimed = { ...activity, attachments: [{ contentType: 'image/png', contentUrl: 'file:///etc/passwd' }] };
  const sent = await upload(started, formOf([[photo, 'a.jpg', 'image/png']], claimed));
  expect(sent.status).toBe(200);
  const echo = await lastOf(started);
  expect(echo).toMatchObject({ id: sent.body.id, text: 'like this', channelData: { clientActivityID: 'u1' } });
  expect(attachmentsOf(echo)).toMatchObject([{ contentType: 'image/webp', name: 'a.webp' }]);
  const shown = await fetch(String(attachmentsOf(echo)[0]?.contentUrl));
  expect(shown.headers.get('content-type')).toBe('image/webp');
  expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  const picture = Buffer.from(await shown.arrayBuffer());
  const metadata = await sharp(picture).metadata();
  // Turned upright, and without what the camera knew.
  expect([metadata.width, metadata.height, metadata.exif]).toEqual([20, 40, undefined]);
  expect(picture.includes('SecretCamera')).toBe(false);
  const taken = await until(() => harness.handler.messages.find(({ text }) => text === 'like this'));
  expect(taken).toMatchObject({ hasAttachments: false, photos: [{ kind: 'stored' }] });
});

it('takes a raw file, and a recording by its bytes', async () => {
  const started = await startConversation(harness.directLine);
  const headers = { 'content-type': 'video/webm', 'content-disposition': 'attachment; filename="../../x\u202e.wav"' };
  const latin1 = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
  );
  expect((await upload(started, wav, latin1)).status).toBe(200);
  const [attachment] = attachmentsOf(await lastOf(started));
  expect(attachment).toMatchObject({ contentType: 'audio/wav' });
  expect(String(attachment?.name)).not.toMatch(/[/\\\u202e]|\.\./);
});

it.each([
  ['nothing', [], 400, 'MESSAGE_INVALID'],
  ['an empty file', [[Buffer.alloc(0), 'a.jpg']], 415, 'ATTACHMENT_UNSUPPORTED'],
  ['a page', [[Buffer.from('<html><script>alert(1)</script>'), 'a.jpg']], 415, 'ATTACHMENT_UNSUPPORTED'],
  ['an executable named .ogg', [[Buffer.from('\x7fELF\x02\x01\x01'), 'a.ogg']], 415, 'ATTACHMENT_UNSUPPORTED'],
  ['a drawing', [[Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg']], 422, 'PICTURE_UNREADABLE'],
  ['half a photo', 'half', 422, 'PICTURE_UNREADABLE'],
  ['too many files', Array.from({ length: 7 }, () => [wav, 'a.wav']), 400, 'MESSAGE_INVALID'],
  ['a file that is too large', [[Buffer.alloc(17 * 1024 * 1024), 'a.jpg']], 413, 'ATTACHMENT_TOO_LARGE'],
] as const)('refuses %s, and stores no message', async (_name, files, status, code) => {
  const started = await startConversation(harness.directLine);
  const parts = files === 'half' ? [[photo.subarray(0, photo.length / 2), 'a.jpg'] as const] : files;
  const refused = await upload(started, formOf(parts as never, { type: 'message' }));
  expect([refused.status, (refused.body.error as Json).code]).toEqual([status, code]);
  expect(await lastOf(started)).toEqual({});
});

it('refuses a form that is cut off, and a token of another conversation', async () => {
  const started = await startConversation(harness.directLine);
  const other = await startConversation(harness.directLine);
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const cut = Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc');
  expect((await upload(started, cut, headers)).status).toBe(400);
  expect((await upload(started, cut, { 'content-type': 'multipart/form-data' })).status).toBe(400);
  const stolen = await upload({ ...other, token: started.token }, formOf([[wav, 'a.wav']]));
  expect(stolen.status).toBe(403);
});

it('shows files only to who has their address, and forgets them after a day', async () => {
  const started = await startConversation(harness.directLine);
  await upload(started, formOf([[wav, 'a.wav']]));
  const [attachment] = attachmentsOf(await lastOf(started));
  const url = String(attachment?.contentUrl);
  expect((await fetch(url)).status).toBe(200);
  for (const id of ['x', 'a'.repeat(32), '..%2f..%2fvitrine.sqlite']) {
    const guess = `${harness.origin}/v3/attachments/${id}/views/original`;
    await expect(call(guess)).resolves.toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  }
  expect(kept()).toBeGreaterThan(0);
  harness.db.prepare('UPDATE attachments SET created_at = 0').run();
  await harness.close();
  harness = await startHarness({ folder });
  await until(() => kept() === 0);
  expect((await fetch(url.replace(/:\d+/, `:${new URL(harness.origin).port}`))).status).toBe(404);
});

it('takes what DirectLineJS sends', async () => {
  const { body } = await call(`${harness.directLine}/tokens/generate`, { method: 'POST' });
  // The client reads the file from its address and posts a form of its own.
  const contentUrl = URL.createObjectURL(new Blob([new Uint8Array(photo)]));
  const client = directLineClient({ domain: harness.directLine, token: String(body.token) });
  const seen: Json[] = [];
  client.activity$.subscribe(
    (activity) => seen.push(activity as unknown as Json),
    () => undefined,
  );
  const activity = {
    type: 'message',
    from: { id: 'x' },
    attachments: [{ contentType: 'image/jpeg', contentUrl, name: 'b.jpg' }],
  };
  client.postActivity(activity as never).subscribe(
    () => undefined,
    () => undefined,
  );
  await until(() => seen.some((each) => attachmentsOf(each)[0]?.contentType === 'image/webp'));
  client.end();
});

it('keeps nothing of an upload whose conversation is erased meanwhile', async () => {
  const { screener: real } = serverDeps(harness.db, folder);
  let erase = (): void => undefined;
  const screener = {
    screen: (bytes: Buffer, name: string) => {
      erase();
      return real.screen(bytes, name);
    },
  };
  const own = await startHarness({ screener });
  const mine = await startConversation(own.directLine);
  const scope = { conversations: [`local:${mine.conversationId}`] };
  await until(async () => (await poll(own.directLine, mine)).length > 0);
  erase = () => void new SqlitePrivacyStore(own.db).erase(scope, { keepWaiting: true });
  const url = `${own.directLine}/conversations/${mine.conversationId}/upload?userId=x`;
  const headers = { authorization: `Bearer ${mine.token}` };
  const sent = await fetch(url, { method: 'POST', headers, body: formOf([[photo, 'a.jpg']]) });
  expect([sent.status, await sent.json()]).toMatchObject([404, { error: { code: 'CONVERSATION_UNKNOWN' } }]);
  expect(readdirSync(join(own.folder, 'attachments'))).toEqual([]);
  expect(own.log.last(mine.conversationId)).toBe(0);
  await own.close();
});
