import { deadlineFor, TURN_DEADLINE } from '../../src/channels/deadline';

it('gives a turn with voice notes twice the time', () => {
  const message = { channel: 'c', conversationId: 'c', userId: 'u', text: '', kind: 'message', hasAttachments: false };
  expect(deadlineFor(message as never, TURN_DEADLINE)).toBe(15_000);
  const voices = [{ kind: 'link', url: 'https://a.example/1' }];
  expect(deadlineFor({ ...message, voices } as never, TURN_DEADLINE)).toBe(30_000);
});
