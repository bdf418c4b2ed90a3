import sharp from 'sharp';
import type { FoundProduct, Ticket } from '../../../src/domain';
import { call } from '../../channels/support/client';
import { Console, type Seat } from './support/console';

let desk: Console;
let [ann, bob, eve]: Seat[] = [];
let picture: Buffer;
beforeAll(async () => {
  desk = await new Console().start();
  [ann, bob, eve] = [desk.seat('ann'), desk.seat('bob'), desk.seat('eve', 'supervisor')];
  const blank = { width: 20, height: 10, channels: 3, background: 'red' } as const;
  picture = await sharp({ create: blank })
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .png()
    .toBuffer();
});
afterAll(async () => {
  await desk.close();
  expect(desk.faults).toEqual([]);
});
const seats = () => ({ ann, bob, eve }) as Record<'ann' | 'bob' | 'eve', Seat>;

function ticketOf(seat: Seat): Ticket {
  const ticket = desk.escalate();
  const claimed = desk.handoff.claim(ticket.id, { id: seat.id, supervises: false }, ticket.version);
  if (!claimed.ok) throw new Error(claimed.reason);
  return claimed.ticket;
}

describe('a picture', () => {
  it('is sent to the shopper, and kept for the conversation alone', async () => {
    const ticket = ticketOf(seats().ann);
    const { status, body } = await seats().ann.post(`/tickets/${ticket.id}/files`, picture);
    expect([status, body.attachmentId]).toEqual([200, expect.stringMatching(/^[\w-]{32}$/)]);
    const message = { id: 'with-picture', text: '', attachmentIds: [body.attachmentId] };
    const sent = await seats().ann.post(`/tickets/${ticket.id}/messages`, message);
    expect(sent.body.entry.files).toEqual([
      {
        kind: 'photo',
        attachmentId: body.attachmentId,
        contentType: expect.stringMatching(/^image\//),
        url: `/agent/api/files/${body.attachmentId}`,
      },
    ]);
    const others = ticketOf(seats().ann);
    expect((await seats().ann.post(`/tickets/${others.id}/messages`, { ...message, id: 'elsewhere' })).status).toBe(
      400,
    );
  });

  it('may come as a form', async () => {
    const ticket = ticketOf(seats().ann);
    const form = new FormData();
    form.append('file', new Blob([picture]), '../../a\u202e.png');
    expect((await seats().ann.post(`/tickets/${ticket.id}/files`, form)).status).toBe(200);
    form.append('file', new Blob([picture]), 'b.png');
    expect((await seats().ann.post(`/tickets/${ticket.id}/files`, form)).status).toBe(400);
  });

  it.each<[string, () => Buffer, number]>([
    ['nothing', () => Buffer.alloc(0), 400],
    ['HTML', () => Buffer.from('<html><script>alert(1)</script>'), 415],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 422],
    ['a recording', () => wave(), 415],
    ['half a picture', () => picture.subarray(0, 60), 422],
    ['17 MB', () => Buffer.alloc(17 * 1024 * 1024), 413],
  ])('is no picture where it is %s', async (_name, bytesOf, status) => {
    const ticket = ticketOf(seats().ann);
    expect((await seats().ann.post(`/tickets/${ticket.id}/files`, bytesOf())).status).toBe(status);
  });
});

describe('a file of a conversation', () => {
  const put = (conversation: string, bytes = picture, contentType = 'image/png') =>
    desk.attachments.put(conversation, { bytes, contentType, name: 'x' });

  it('is for who may read a ticket of it', async () => {
    const ticket = ticketOf(seats().bob);
    const id = await put(ticket.conversationId);
    const statuses = async () =>
      Promise.all(['ann', 'bob', 'eve'].map(async (who) => (await seats()[who as 'ann'].get(`/files/${id}`)).status));
    expect(await statuses()).toEqual([404, 200, 200]);
    const { ok } = desk.handoff.transfer(
      ticket.id,
      { id: seats().bob.id, supervises: false },
      { version: ticket.version },
    );
    expect(ok).toBe(true);
    expect(await statuses()).toEqual([200, 200, 200]);
    expect((await call(`${desk.origin}/agent/api/files/${id}`)).status).toBe(401);
    const nobodys = await put('local:without-ticket');
    expect((await seats().eve.get(`/files/${nobodys}`)).status).toBe(404);
    for (const other of ['none', '..%2f..%2fvitrine.sqlite', '%00']) {
      expect((await seats().eve.get(`/files/${other}`)).status).toBe(404);
    }
  });

  it('is a picture or sound to a browser, whatever it is', async () => {
    const ticket = ticketOf(seats().ann);
    const id = await put(ticket.conversationId, Buffer.from('<script>'), 'image/png');
    const { headers, body } = await seats().ann.get(`/files/${id}`);
    expect(String(body)).toBe('<script>');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'inline',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('is played from anywhere in it', async () => {
    const ticket = ticketOf(seats().ann);
    const id = await put(ticket.conversationId, wave(), 'audio/wav');
    const part = await seats().ann.get(`/files/${id}`, { range: 'bytes=8-11' });
    expect([part.status, String(part.body)]).toEqual([206, 'WAVE']);
  });

  it('that was removed is gone', async () => {
    const ticket = ticketOf(seats().ann);
    const id = await put(ticket.conversationId);
    await desk.attachments.remove(id);
    expect((await seats().ann.get(`/files/${id}`)).status).toBe(404);
  });
});

describe('products', () => {
  const shoe: FoundProduct = { productId: 'p1', title: 'Shoe', price: '9 €', stock: 'Only 3 left' };

  it('are found by words and by photo', async () => {
    desk.found = [shoe];
    expect((await seats().ann.get('/search?text=red%20shoes&lang=de-AT')).body).toEqual({ products: [shoe] });
    expect((await seats().ann.post('/search/photo?lang=zh', picture)).body).toEqual({ products: [shoe] });
    expect(desk.searched).toEqual([
      { text: 'red shoes', language: 'de' },
      { text: '', photo: expect.any(Buffer), language: 'zh' },
    ]);
    // What looks at it is a picture made anew.
    expect(desk.searched[1]?.photo?.includes('somebody')).toBe(false);
  });

  it.each(['/search', '/search?text=', '/search?text=%20', `/search?text=${'x'.repeat(501)}`, '/search?text=a&text=b'])(
    'need words: %s',
    async (path) => {
      expect((await seats().ann.get(path)).status).toBe(400);
    },
  );

  it('need a photo that is one', async () => {
    expect((await seats().ann.post('/search/photo', Buffer.from('GIF89a'))).status).toBeGreaterThanOrEqual(400);
    expect((await seats().ann.post('/search/photo', wave())).status).toBe(415);
  });
});

describe('ready answers', () => {
  const hello = { shortcut: 'hi', title: 'Hello', texts: { en: 'Hello {{name}}', zh: '你好' } };

  it('are read by agents and written by supervisors', async () => {
    expect((await seats().ann.post('/canned/one', hello, {}, 'PUT')).status).toBe(403);
    expect((await seats().eve.post('/canned/one', hello, {}, 'PUT')).status).toBe(204);
    expect((await seats().ann.get('/canned')).body).toEqual({ canned: [{ id: 'one', ...hello }] });
    expect((await seats().eve.post('/canned/two', hello, {}, 'PUT')).status).toBe(409);
    expect((await seats().ann.post('/canned/one', {}, {}, 'DELETE')).status).toBe(403);
    expect((await seats().eve.post('/canned/one', {}, {}, 'DELETE')).status).toBe(204);
    expect((await seats().eve.post('/canned/one', {}, {}, 'DELETE')).status).toBe(404);
    const noted = desk.trail().filter(([action]) => action === 'canned');
    expect(noted.map(([, result, detail]) => [result, detail])).toEqual([
      ['FORBIDDEN', undefined],
      ['done', 'one'],
      ['CONFLICT', 'two'],
      ['FORBIDDEN', undefined],
      ['done', 'one'],
      ['NOT_FOUND', 'one'],
    ]);
  });

  it.each<[string, object]>([
    ['a shortcut with a space', { ...hello, shortcut: 'h i' }],
    ['no title', { ...hello, title: '' }],
    ['a language that nobody speaks here', { ...hello, texts: { tlh: 'x' } }],
    ['an empty text', { ...hello, texts: { en: ' ' } }],
    ['a prototype', JSON.parse('{"shortcut":"p","title":"p","texts":{"constructor":"x"}}')],
  ])('with %s are refused', async (_name, body) => {
    expect((await seats().eve.post('/canned/bad', body, {}, 'PUT')).status).toBe(400);
  });
});

/** A second of silence. */
function wave(): Buffer {
  const samples = Buffer.alloc(16_000);
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
