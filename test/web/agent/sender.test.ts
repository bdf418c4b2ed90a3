import type { Outgoing } from '../../../src/web/agent/api/console-api';
import type { Answer } from '../../../src/web/agent/api/request';
import type { Entry } from '../../../src/web/agent/api/types';
import { Sender } from '../../../src/web/agent/desk/sender';
import type { Pending } from '../../../src/web/agent/desk/state';
import { entry } from './samples';

type Said = Answer<{ readonly entry: Entry }>;
const refusal = (status: number, fields: object = {}): Said => ({ ok: false, status, code: 'X', ...fields });
const done = (id: string): Said => ({ ok: true, value: { entry: entry(1, { id }) } });

function pending(id: string, fields: Partial<Pending> = {}): Pending {
  const empty = { products: [], files: [], isPrivate: false, failed: false };
  return { id, ticketId: 't1', at: 0, text: id, ...empty, ...fields };
}

/** A sender whose server gives these answers, then takes everything. */
function senderWith(...answers: readonly Said[]) {
  const left = [...answers];
  const asked: string[] = [];
  const bodies: Outgoing[] = [];
  const waits: number[] = [];
  const sent: string[] = [];
  const failed: Pending[] = [];
  const sender = new Sender({
    api: {
      send: async (_, body) => {
        asked.push(body.id);
        bodies.push(body);
        return left.shift() ?? done(body.id);
      },
      note: async (_, id) => {
        asked.push(`note ${id}`);
        return left.shift() ?? done(id);
      },
    },
    onSent: ({ id }) => sent.push(id),
    onFailed: (lost) => failed.push(lost),
    wait: async (milliseconds) => void waits.push(milliseconds),
    random: () => 1,
  });
  return { sender, asked, bodies, waits, sent, failed };
}

it('tries again with the same id until the server has it', async () => {
  const { sender, asked, waits, sent } = senderWith(refusal(0), refusal(503), refusal(429, { retryAfter: 7 }));
  await expect(sender.send(pending('a'))).resolves.toBe(true);
  expect(asked).toEqual(['a', 'a', 'a', 'a']);
  expect(waits).toEqual([500, 1000, 7000]);
  expect(sent).toEqual(['a']);
});

it('says in which language the agent wrote, where the shopper is to read a translation', async () => {
  const { sender, bodies } = senderWith();
  await sender.send(pending('a', { translateFrom: 'de' }));
  await sender.send(pending('b'));
  expect(bodies.map(({ translateFrom }) => translateFrom)).toEqual(['de', undefined]);
});

it.each([400, 403, 404, 409, 413])('does not try again what was refused with %i', async (status) => {
  const { sender, asked, failed } = senderWith(refusal(status));
  await expect(sender.send(pending('a'))).resolves.toBe(false);
  expect(asked).toEqual(['a']);
  expect(failed).toEqual([{ ...pending('a'), failed: true }]);
});

it('waits for a server however long it is away, but asks the agent about one in trouble', async () => {
  const away = senderWith(...Array.from({ length: 20 }, () => refusal(0)));
  await expect(away.sender.send(pending('a'))).resolves.toBe(true);
  expect(away.asked).toHaveLength(21);
  expect(Math.max(...away.waits)).toBe(20_000);
  const ill = senderWith(...Array.from({ length: 20 }, () => refusal(503)));
  await expect(ill.sender.send(pending('a'))).resolves.toBe(false);
  expect(ill.asked).toHaveLength(6);
  expect(ill.failed).toEqual([{ ...pending('a'), failed: true }]);
  expect(ill.sent).toEqual([]);
});

it('keeps the order within a conversation, and lets others go by', async () => {
  const { sender, asked } = senderWith(refusal(0));
  const all = [pending('a'), pending('b'), pending('c', { ticketId: 't2' }), pending('d')];
  await Promise.all(all.map((each) => sender.send(each)));
  expect(asked.filter((id) => id !== 'c')).toEqual(['a', 'a', 'b', 'd']);
  expect(asked.indexOf('c')).toBeLessThan(asked.indexOf('b'));
});

it('sends pictures and products by their ids', async () => {
  const { sender, bodies } = senderWith();
  const products = [{ productId: 'p1', title: 'A', price: '1' }];
  const files = [{ kind: 'photo', attachmentId: 'f1', url: '/x' } as const];
  await sender.send(pending('a', { products, files }));
  await sender.send(pending('b'));
  expect(bodies).toEqual([
    { id: 'a', text: 'a', products: ['p1'], attachmentIds: ['f1'] },
    { id: 'b', text: 'b' },
  ]);
});

it('keeps notes away from the shopper', async () => {
  const { sender, asked, bodies } = senderWith(refusal(0));
  await expect(sender.send(pending('a', { isPrivate: true }))).resolves.toBe(true);
  expect(asked).toEqual(['note a', 'note a']);
  expect(bodies).toEqual([]);
});
