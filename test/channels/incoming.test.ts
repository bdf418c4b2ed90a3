import type { Activity } from 'botbuilder';
import { cutText, incomingMessage } from '../../src/channels/incoming';

const base = { channelId: 'directline', conversation: { id: 'c' }, from: { id: 'u' }, recipient: { id: 'bot' } };
const read = (activity: object) => incomingMessage({ ...base, ...activity } as unknown as Activity, 'test:c');

it.each([
  [
    'a message',
    { type: 'message', text: 'hi', locale: 'de-DE' },
    { kind: 'message', text: 'hi', locale: 'de-DE', hasAttachments: false },
  ],
  ['a tapped value', { type: 'message', value: 'more' }, { text: 'more' }],
  ['a value that is no text', { type: 'message', value: { a: 1 } }, { text: '' }],
  [
    'a button of a card',
    { type: 'message', text: 'More like this: Hat', value: { action: 'similar', productId: 'p1', more: 1 } },
    { action: { name: 'similar', productId: 'p1' } },
  ],
  [
    'a file alone',
    { type: 'message', attachments: [{ contentType: 'image/png' }] },
    { text: '', hasAttachments: true },
  ],
  [
    'the HTML twin of Teams',
    { type: 'message', text: 'a', attachments: [{ contentType: 'text/html' }] },
    { hasAttachments: false },
  ],
  ['the shopper joining', { type: 'conversationUpdate', membersAdded: [{ id: 'u' }] }, { kind: 'opened', text: '' }],
])('reads %s', (_name, activity, expected) => {
  expect(read(activity)).toMatchObject({ channel: 'directline', conversationId: 'test:c', userId: 'u', ...expected });
});

it.each(['details', 'like', 'unlike', 'goesWith'])('knows the button %s', (action) => {
  const message = { type: 'message', text: 'x', value: { action, productId: 'p1' } };
  expect(read(message)).toMatchObject({ action: { name: action, productId: 'p1' } });
});

it.each([
  ['the bot joining', { type: 'conversationUpdate', membersAdded: [{ id: 'bot' }] }],
  ['somebody leaving', { type: 'conversationUpdate', membersRemoved: [{ id: 'u' }] }],
  ['an event', { type: 'event', name: 'x' }],
])('leaves out %s', (_name, activity) => {
  expect(read(activity)).toBeUndefined();
});

it.each([
  [{ action: 'erase', productId: 'p1' }],
  [{ action: 'similar', productId: 1 }],
  [{ action: 'similar', productId: 'x'.repeat(300) }],
  [JSON.parse('{"__proto__":{"action":"similar","productId":"p1"}}')],
  [['similar', 'p1']],
])('takes %p for no button', (value) => {
  expect(read({ type: 'message', text: 'a', value })).not.toHaveProperty('action');
});

it('drops a locale that is none', () => {
  expect(read({ type: 'message', text: 'a', locale: 'x'.repeat(99) })).not.toHaveProperty('locale');
});

it('does not cut a character in half', () => {
  expect(cutText('a😀', 2)).toBe('a');
  expect(cutText('a😀', 3)).toBe('a😀');
});
