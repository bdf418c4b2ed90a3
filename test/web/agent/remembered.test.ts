import { reduce } from '../../../src/web/agent/desk/reduce';
import { rememberedOf } from '../../../src/web/agent/desk/remembered';
import { deskWith, entry, event, ME, ticket } from './samples';

it('keeps over a refresh what is open, what was seen and what was not sent; no word of a shopper', () => {
  const pending = {
    id: 'mine',
    ticketId: 't1',
    at: 1,
    text: 'Hello',
    isPrivate: false,
    products: [],
    files: [],
    failed: true,
  };
  const desk = [
    { type: 'opened', ticketId: 't1' },
    { type: 'event', event: event(4, { entry: entry(9, { text: 'secret' }) }) },
    { type: 'seen', conversationId: 'c-t1' },
    { type: 'sending', conversationId: 'c-t1', sent: pending },
  ] as const;
  const kept = rememberedOf(desk.reduce(reduce, deskWith(ticket('t1', { preview: 'secret' }))));
  expect(kept).toEqual({
    agentId: ME.id,
    opened: ['t1'],
    recent: ['t1'],
    seen: { 'c-t1': 9 },
    pending: [{ ...pending, conversationId: 'c-t1' }],
  });
  expect(JSON.stringify(kept)).not.toContain('secret');
});
