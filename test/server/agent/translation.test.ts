import type { MessageTranslator, Ticket } from '../../../src/domain';
import { VitrineError } from '../../../src/domain';
import { TinyTranslator } from '../../support/translator';
import { Console, type Seat } from './support/console';

let desk: Console;
let ann: Seat;
let asked: number;
/** What the model does instead of translating. */
let instead: MessageTranslator['translate'] | undefined;
const tiny = new TinyTranslator();
const real = tiny.open();
const translator: MessageTranslator = {
  translate: (text, options) => {
    asked += 1;
    return (instead ?? ((...parameters) => real.translate(...parameters)))(text, options);
  },
};

beforeAll(async () => {
  desk = await new Console({ translator }).start();
  ann = desk.seat('ann');
});
beforeEach(() => {
  asked = 0;
  instead = undefined;
});
afterAll(async () => {
  await desk.close();
  await real.close();
  tiny.remove();
});

let conversations = 0;
function owned(seat = ann): Ticket {
  conversations += 1;
  const ticket = desk.escalate(`local:t${conversations}`, 'hello');
  const claimed = desk.handoff.claim(ticket.id, { id: seat.id, supervises: false }, ticket.version);
  if (!claimed.ok) throw new Error(claimed.reason);
  return claimed.ticket;
}
const send = (ticket: Ticket, fields: object, seat = ann) => seat.post(`/tickets/${ticket.id}/messages`, fields);
/** What ann said, without that she joined. */
const sentTo = ({ conversationId }: Ticket) =>
  desk.sent.filter(
    ({ conversationId: own, from, text }) => own === conversationId && from === 'ANN' && text !== 'joined',
  );

it('agents read shoppers’ words in their own language, those said while they own the conversation, too', async () => {
  const ticket = owned();
  desk.say(ticket.conversationId, 'red cup please');
  const entry = desk.transcripts.of(ticket.conversationId).at(-1);
  const { body } = await ann.post(`/tickets/${ticket.id}/translate`, { entryId: entry?.id, to: 'de' });
  expect(body.text).toBe('rote Tasse bitte');
  await ann.post(`/tickets/${ticket.id}/translate`, { entryId: entry?.id, to: 'en' });
  expect(asked).toBe(1);
});

it('shoppers read agents’ words in theirs, marked; agents see both', async () => {
  const ticket = owned();
  const message = { id: 'm-1', text: 'hallo, rote Tasse bitte', translateFrom: 'de' };
  const { status, body } = await send(ticket, message);
  expect([status, body.entry]).toEqual([
    200,
    expect.objectContaining({
      text: 'hallo, rote Tasse bitte',
      language: 'de',
      translation: { language: 'en', text: 'hello, red cup please' },
    }),
  ]);
  expect(sentTo(ticket).map(({ text }) => text)).toEqual(['hello, red cup please (en)']);
  // The same message again is not translated again, and not sent.
  await send(ticket, message);
  expect([asked, sentTo(ticket).length]).toEqual([1, 1]);
});

it.each<[string, MessageTranslator['translate']]>([
  ['fails', () => Promise.reject(new VitrineError('TRANSLATION_FAILED', 'The translator failed.'))],
  ['says nothing', () => Promise.resolve(' ')],
  [
    'is too slow',
    (_text, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new VitrineError('TRANSLATION_FAILED', 'given up')));
      }),
  ],
])('a model that %s: the shopper reads the words as they were written, unmarked', async (_name, translate) => {
  instead = translate;
  const ticket = owned();
  const { body } = await send(ticket, { id: 'm-1', text: 'Guten Tag', translateFrom: 'de' });
  expect(body.entry).toMatchObject({ text: 'Guten Tag' });
  expect(body.entry.translation).toBeUndefined();
  expect(sentTo(ticket).map(({ text }) => text)).toEqual(['Guten Tag']);
});

it('nothing is translated that need not be, or for who may not send', async () => {
  const ticket = owned();
  await send(ticket, { id: 'm-1', text: 'hello', translateFrom: 'en' });
  await send(ticket, { id: 'm-2', text: 'hallo' });
  await send(ticket, { id: 'm-3', text: '', products: ['p1'], translateFrom: 'de' });
  expect((await send(ticket, { id: 'm-4', text: 'x', translateFrom: 'tlh' })).status).toBe(400);
  expect((await send(ticket, { id: 'm-5', text: 'hallo', translateFrom: 'de' }, desk.seat('bob'))).status).toBe(403);
  expect(asked).toBe(0);
  expect(sentTo(ticket).map(({ text }) => text)).toEqual(['hello', 'hallo', '']);
});
