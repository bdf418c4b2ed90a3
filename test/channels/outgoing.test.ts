import { escapeMarkdown } from '../../src/channels/escape';
import { replyActivity } from '../../src/channels/outgoing';
import type { ProductCard, Reply } from '../../src/domain';
import { isWebAddress } from '../../src/domain';

const card: ProductCard = {
  productId: 'p1',
  title: 'Hat [x](javascript:alert(1))',
  imagePath: '/pictures/p1/0.webp',
  imageText: 'A hat',
  price: '10 €',
  stock: { state: 'out', text: 'Sold out' },
  why: '<b>red</b>',
  link: { label: 'Open', url: 'https://shop.example/p1' },
  actions: [{ name: 'similar', label: 'More like this' }],
};
const reply: Reply = {
  language: 'de',
  text: 'Ja *so*',
  cards: [card],
  suggestions: [{ title: 'Blau', value: 'in blau' }],
};
const on = (channelId: string) => ({ channelId, publicUrl: 'https://bot.example' });

it('carries text, cards and suggestions in one activity', () => {
  const activity = replyActivity(reply, on('directline'));
  expect(activity).toMatchObject({
    type: 'message',
    text: 'Ja *so*',
    textFormat: 'plain',
    locale: 'de',
    attachmentLayout: 'carousel',
    suggestedActions: { actions: [{ type: 'imBack', title: 'Blau', value: 'in blau' }] },
  });
  const content = activity?.attachments?.[0]?.content;
  expect(content).toMatchObject({
    subtitle: '10 € · Sold out',
    images: [{ url: 'https://bot.example/pictures/p1/0.webp', alt: 'A hat' }],
    buttons: [
      {
        type: 'messageBack',
        title: 'More like this',
        displayText: `More like this: ${card.title}`,
        value: { action: 'similar', productId: 'p1' },
      },
      { type: 'openUrl', title: 'Open', value: 'https://shop.example/p1' },
    ],
    product: { id: 'p1', title: card.title, image: { path: '/pictures/p1/0.webp' }, stock: { state: 'out' } },
  });
  expect(content.title).not.toMatch(/[[\]()<>*]/);
  expect(content.text).not.toMatch(/[<>]/);
});

it('tells how much each modality counted: in a line, and to the page one by one', () => {
  const parts = [
    { label: 'your photo', share: 0.6, text: '60%' },
    { label: 'your words', share: 0.4, text: '40%' },
  ];
  const counted = { title: 'What counted', text: 'counted: your photo 60%, your words 40%', parts };
  const contentOn = (channel: string) =>
    replyActivity({ ...reply, cards: [{ ...card, why: 'red', counted }] }, on(channel))?.attachments?.[0]?.content;
  expect(contentOn('msteams').text).toContain('red · counted: your photo 60%, your words 40%');
  expect(contentOn('directline').product.counted).toEqual({ title: 'What counted', parts });
});

it('leaves out what is not there', () => {
  expect(replyActivity({ language: 'en', text: '', cards: [], suggestions: [] }, on('directline'))).toBeUndefined();
  const { imagePath: _image, link: _link, ...bare } = card;
  const activity = replyActivity({ ...reply, cards: [{ ...bare, actions: [] }], suggestions: [] }, on('directline'));
  expect(activity?.attachments?.[0]?.content).toMatchObject({ images: [], buttons: [] });
  expect(activity).not.toHaveProperty('suggestedActions');
});

it('does not escape for channels that show card texts as they are', () => {
  const content = replyActivity(reply, on('slack'))?.attachments?.[0]?.content;
  expect(content.title).toBe(card.title);
  expect(content).not.toHaveProperty('product');
});

it.each(['javascript:alert(1)', 'data:text/html,x', ' vbscript:x', 'relative', '', 'file:///etc/passwd'])(
  'makes no button of %p',
  (url) => {
    expect(isWebAddress(url)).toBe(false);
    const hostile = { ...card, actions: [], link: { label: 'x', url } };
    const content = replyActivity({ ...reply, cards: [hostile] }, on('directline'))?.attachments?.[0]?.content;
    expect([content.buttons, content.product.link]).toEqual([[], undefined]);
  },
);

it('escapes every mark that Markdown or HTML could read, and can be read back', () => {
  const text = '# a\n- b `c` ![d](e) <img onerror=x> &amp; 1. _f_ ~~g~~ | https://x.example {{DATE(2020)}} \\';
  const escaped = escapeMarkdown(text);
  expect(escaped).toMatch(/^[\p{L}\p{N} &#;?,]*$/u);
  const read = escaped.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
  expect(read).toBe(text.replace('\n', ' '));
});

it.each(['directline', 'slack'])('says first, on %s, that a place was paid for', (channelId) => {
  const sponsored = { ...card, sponsored: 'Sponsored' };
  const content = replyActivity({ ...reply, cards: [sponsored] }, on(channelId))?.attachments?.[0]?.content;
  expect(content.subtitle).toBe('Sponsored · 10 € · Sold out');
  expect(content.product?.sponsored).toBe(channelId === 'directline' ? 'Sponsored' : undefined);
});

it.each([
  [false, { action: 'like', productId: 'p1' }, 'Like'],
  [true, { action: 'unlike', productId: 'p1' }, 'Take back'],
])('has a button for the heart, behind the shop’s own link (given: %s)', (given, value, title) => {
  const liked = { ...card, like: { label: 'Like', undo: 'Take back', given } };
  const content = replyActivity({ ...reply, cards: [liked] }, on('slack'))?.attachments?.[0]?.content;
  expect(content.buttons.at(-1)).toMatchObject({ type: 'messageBack', title, value });
  expect(content.buttons.at(-2)).toMatchObject({ type: 'openUrl' });
});

it('tells the page, and no other channel, how a heart stands', () => {
  const heart = { productId: 'p1', given: true };
  expect(replyActivity({ ...reply, heart }, on('directline'))?.channelData).toEqual({ vitrine: { heart } });
  expect(replyActivity({ ...reply, heart }, on('slack'))).not.toHaveProperty('channelData');
});

it('sends a comparison as a table where tables are drawn, in lines elsewhere', () => {
  const table = {
    caption: 'Comparison',
    columns: ['A', '*B*'],
    rows: [
      { label: 'price', cells: ['1', '2'], differs: true },
      { label: 'brand', cells: ['x', 'x'], differs: false },
    ],
    differs: 'differs',
  };
  const compared: Reply = { language: 'en', text: 'Side by side:', cards: [], suggestions: [], table };
  const drawn = replyActivity(compared, on('directline'));
  expect(drawn?.text).toBe('Side by side:');
  expect(drawn?.attachments?.[0]).toMatchObject({
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: { table },
  });
  expect(JSON.stringify(drawn?.attachments?.[0]?.content.body)).toContain('&#42;B&#42;');
  expect(replyActivity(compared, on('sms'))).toMatchObject({
    text: 'Side by side:\n\n1. A\n2. *B*\n\n≠ price: 1 | 2\nbrand: x | x',
  });
  expect(replyActivity(compared, on('sms'))?.attachments).toBeUndefined();
});

it('sends where to pay as a card with a button, web addresses only, and how full the basket is to the page', () => {
  const link = { title: 'Basket', text: '3 pieces', label: 'Check out', url: 'https://shop.example/cart' };
  const paid: Reply = { language: 'en', text: 'x', cards: [], suggestions: [], link, basket: { count: 3 } };
  const sent = replyActivity(paid, on('directline'));
  expect(sent?.attachments?.[0]?.content.buttons).toEqual([{ type: 'openUrl', title: 'Check out', value: link.url }]);
  expect(sent?.channelData).toEqual({ vitrine: { basket: { count: 3 } } });
  expect(replyActivity(paid, on('msteams'))?.channelData).toBeUndefined();
  const hostile = { ...paid, link: { ...link, url: 'javascript:alert(1)' } };
  expect(replyActivity(hostile, on('directline'))?.attachments).toBeUndefined();
});

it('sends a pairing code to the page with its QR picture, to other channels in words only', () => {
  const pairing = { code: 'CDFG-2347', caption: 'Scan this', alt: 'QR code' };
  const said = { ...reply, cards: [], suggestions: [], text: 'Your code is CDFG-2347.', pairing };
  const [card] = replyActivity(said, on('directline'))?.attachments ?? [];
  expect(card?.content).toMatchObject({ title: 'CDFG&#45;2347', text: 'Scan this', pairing });
  expect(card?.content.pairing.picture).toMatchObject({ path: expect.stringMatching(/^M0 0h7v1h-7z/) });
  const elsewhere = replyActivity(said, on('telegram'));
  expect(elsewhere?.text).toBe('Your code is CDFG-2347.');
  expect(elsewhere?.attachments).toBeUndefined();
});

it('shows further pictures with their words: to the page in its card, in Teams as one set, elsewhere as cards', () => {
  const pictures = [1, 2, 3].map((number) => ({
    path: `/pictures/p1/${number}.webp`,
    text: `Picture ${number} of 3: *Hat*`,
  }));
  const on3 = (channel: string) =>
    replyActivity({ ...reply, cards: [{ ...card, pictures }] }, on(channel))?.attachments ?? [];
  const [page, ...rest] = on3('directline');
  expect(rest).toEqual([]);
  expect(page?.content.product.pictures).toEqual(pictures.map(({ path, text }) => ({ path, alt: text })));
  expect(on3('msteams')[1]?.content.body[1]).toMatchObject({
    type: 'ImageSet',
    images: [2, 3].map((number) => ({
      url: `https://bot.example/pictures/p1/${number}.webp`,
      altText: `Picture ${number} of 3: *Hat*`,
    })),
  });
  const others = on3('slack').slice(1);
  expect(others.map(({ content }) => content.images[0].alt)).toEqual([
    'Picture 2 of 3: *Hat*',
    'Picture 3 of 3: *Hat*',
  ]);
});
