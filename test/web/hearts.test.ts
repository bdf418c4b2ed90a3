import { heartsIn } from '../../src/web/chat/hearts';

const card = (id: string, given: boolean) => ({
  content: { product: { id, like: { label: 'Like', undo: 'Undo', given } } },
});
const answer = (heart: object, attachments: object[] = []) => ({ channelData: { vitrine: { heart } }, attachments });

it('follows what cards and answers say, the last word counts', () => {
  const shown = { attachments: [card('a', true), card('b', false), card('c', true)] };
  expect([...heartsIn([shown])]).toEqual(['a', 'c']);
  const later = [shown, answer({ productId: 'b', given: true }), answer({ productId: 'a', given: false })];
  expect([...heartsIn(later)].sort()).toEqual(['b', 'c']);
  expect([...heartsIn([...later, answer({ given: false })])]).toEqual([]);
  expect([...heartsIn([...later, answer({ given: false }), { attachments: [card('a', true)] }])]).toEqual(['a']);
});

it.each([
  [{}],
  [{ attachments: null, channelData: 7 }],
  [{ attachments: [null, {}, { content: { product: { id: 7, like: { given: true } } } }] }],
  [answer({ productId: 7, given: true })],
  // What a shopper's client says of itself is not what was kept.
  [{ from: { role: 'user' }, ...answer({ productId: 'a', given: true }) }],
])('takes nothing from %j', (activity) => {
  expect(heartsIn([activity]).size).toBe(0);
});
