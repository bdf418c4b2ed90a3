import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Language, MediaSource, Reply } from '../../src/domain';
import { ColorEncoder } from '../support/color-encoder';
import { product, temporaryConfig } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';

const MINUTE = 60_000;
const ANN = { id: 'ann', supervises: false };
const config = temporaryConfig({ MODELS: 'none' });
const photoScreener = { refuses: async () => false };
let now = Date.UTC(2026, 10, 27, 12);
let app: App;

beforeAll(async () => {
  const overrides = {
    clock: () => now,
    imageEncoder: new ColorEncoder(),
    photoScreener,
    agents: { nameOf: () => 'Ann' },
  };
  app = createApp(config, overrides);
  app.line.current = { write: () => true, wake: () => undefined, typing: () => Promise.resolve() };
  app.products.upsert(
    ['M', 'L'].map((size) =>
      product({
        id: `shirt-${size}`,
        title: 'Linen shirt',
        texts: { es: { title: 'Camisa de lino' }, zh: { title: '亚麻衬衫' } },
        itemGroupId: 'shirt',
        productType: 'Clothing > Shirts',
        color: 'blue',
        size,
      }),
    ),
  );
  await filledShop(app);
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});

let shoppers = 0;
function newcomer(locale: Language) {
  shoppers += 1;
  const conversationId = `open:${shoppers}`;
  const say = async (text: string, photos?: readonly MediaSource[]): Promise<Reply> => {
    const base = { channel: 'test', conversationId, userId: `open-${shoppers}`, kind: 'message' as const };
    const message = { ...base, text, locale, hasAttachments: false, ...(photos && { photos }) };
    const [reply] = await app.assistant.handleTurn(message, new AbortController().signal);
    if (!reply) throw new Error('no reply');
    return reply;
  };
  const sendPhoto = async (): Promise<Reply> => {
    const photo = { bytes: await flatPicture('#c02020'), contentType: 'image/webp', name: 'photo.webp' };
    return say('', [{ kind: 'stored', id: await app.attachments.put(conversationId, photo) }]);
  };
  return { say, sendPhoto, conversationId };
}

type Interruption = 'help' | 'search' | 'photo' | 'knowledge' | 'person';
const ALL = ['help', 'search', 'photo', 'knowledge', 'person'] as const;
/** What comes between, and a part of what answers it; a photo has no words. */
const BETWEEN: Record<'en' | 'zh' | 'es', Record<Exclude<Interruption, 'photo'>, readonly [string, string]>> = {
  en: {
    help: ['help', 'Write what you want'],
    search: ['blue backpack', 'backpack'],
    knowledge: ['What is your return policy?', '30 days'],
    person: ['talk to a person', 'in the queue'],
  },
  zh: {
    help: ['帮助', '用您自己的话'],
    search: ['蓝色双肩包', '双肩包'],
    knowledge: ['可以退货吗', '30天内'],
    person: ['人工客服', '您排在第'],
  },
  es: {
    help: ['ayuda', 'Escribe'],
    search: ['mochila azul', 'mochila'],
    knowledge: ['política de devoluciones', '30 días'],
    person: ['hablar con una persona', 'en la cola'],
  },
};

interface Asked {
  /** Key of the line that reminds of it. */
  readonly open: string;
  readonly title?: string;
  /** What leads to the question. */
  readonly says: readonly string[];
  /** What can be tapped beside the reminder. */
  readonly taps: readonly string[];
  /** What answers it, and a part of what that leads to. */
  readonly answer: readonly [string, string];
  /** What it outlives. */
  readonly outlives: readonly Interruption[];
}

const TABLE: readonly (readonly ['en' | 'zh' | 'es', readonly Asked[]])[] = [
  [
    'en',
    [
      {
        open: 'rating',
        says: ['What is your return policy?', 'thanks'],
        taps: ['5', '1'],
        answer: ['4', 'few words'],
        outlives: ['help', 'knowledge'],
      },
      { open: 'order', says: ['where is my order'], taps: ['Cancel'], answer: ['V-1001', 'e-mail'], outlives: ALL },
      {
        open: 'orderEmail',
        says: ['where is my order V-1001'],
        taps: ['Cancel'],
        answer: ['ada@example.com', 'on its way'],
        outlives: ALL,
      },
      {
        open: 'variant',
        title: 'Linen shirt',
        says: ['linen shirt', '1', 'add it to my basket'],
        taps: ['L', 'M'],
        answer: ['M', 'Linen shirt (M) × 1'],
        outlives: ALL,
      },
      {
        open: 'which',
        says: ['mug', 'add it to my basket'],
        taps: ['2'],
        answer: ['2', 'In your basket'],
        outlives: ['help', 'knowledge', 'person'],
      },
      { open: 'consent', says: ['for you'], taps: ['Yes', 'No'], answer: ['yes', 'you'], outlives: ALL },
      {
        open: 'message',
        says: ['leave a message'],
        taps: ['Cancel'],
        answer: ['My mug came broken', 'Which e-mail address'],
        outlives: ['help', 'photo'],
      },
      {
        open: 'messageEmail',
        says: ['leave a message', 'My mug came broken'],
        taps: ['Cancel'],
        answer: ['ann@example.com', 'We will answer to ann@example.com'],
        outlives: ['help', 'search', 'photo', 'knowledge'],
      },
    ],
  ],
  [
    'zh',
    [
      {
        open: 'rating',
        says: ['可以退货吗', '谢谢'],
        taps: ['5', '1'],
        answer: ['4', '补充几句'],
        outlives: ['help', 'knowledge'],
      },
      { open: 'order', says: ['我的包裹到哪了'], taps: ['取消'], answer: ['V-1001', '邮箱'], outlives: ALL },
      {
        open: 'orderEmail',
        says: ['查订单 V-1002'],
        taps: ['取消'],
        answer: ['lin@example.com', '已打包'],
        outlives: ALL,
      },
      {
        open: 'variant',
        title: '亚麻衬衫',
        says: ['亚麻衬衫', '1', '加入购物车'],
        taps: ['L', 'M'],
        answer: ['M码', '亚麻衬衫 (M) × 1'],
        outlives: ALL,
      },
      {
        open: 'which',
        says: ['杯子', '加入购物车'],
        taps: ['2'],
        answer: ['第二个', '已加入购物车'],
        outlives: ['help', 'knowledge', 'person'],
      },
      { open: 'consent', says: ['为我推荐'], taps: ['可以', '不用'], answer: ['好的', '您'], outlives: ALL },
      {
        open: 'message',
        says: ['留言'],
        taps: ['取消'],
        answer: ['杯子碎了', '哪个邮箱'],
        outlives: ['help', 'photo'],
      },
      {
        open: 'messageEmail',
        says: ['留言', '杯子碎了'],
        taps: ['取消'],
        answer: ['ann@example.com', '我们会回复到 ann@example.com'],
        outlives: ['help', 'search', 'photo', 'knowledge'],
      },
    ],
  ],
  [
    'es',
    [
      {
        open: 'rating',
        says: ['política de devoluciones', 'gracias'],
        taps: ['5', '1'],
        answer: ['4', 'unas palabras'],
        outlives: ['help', 'knowledge'],
      },
      {
        open: 'order',
        says: ['quiero rastrear mi pedido'],
        taps: ['Cancelar'],
        answer: ['V-1003', 'correo'],
        outlives: ALL,
      },
      {
        open: 'orderEmail',
        says: ['¿dónde está mi pedido V-1003?'],
        taps: ['Cancelar'],
        answer: ['maria@example.com', 'entregado'],
        outlives: ALL,
      },
      {
        open: 'variant',
        title: 'Camisa de lino',
        says: ['camisa de lino', '1', 'al carrito'],
        taps: ['L', 'M'],
        answer: ['la M', 'Camisa de lino (M) × 1'],
        outlives: ALL,
      },
      {
        open: 'which',
        says: ['taza', 'al carrito'],
        taps: ['2'],
        answer: ['el segundo', 'En tu carrito'],
        outlives: ['help', 'knowledge', 'person'],
      },
      { open: 'consent', says: ['para mí'], taps: ['Sí', 'No'], answer: ['sí', 'te'], outlives: ALL },
      {
        open: 'message',
        says: ['dejar un mensaje'],
        taps: ['Cancelar'],
        answer: ['La taza llegó rota', '¿A qué correo electrónico'],
        outlives: ['help', 'photo'],
      },
      {
        open: 'messageEmail',
        says: ['dejar un mensaje', 'La taza llegó rota'],
        taps: ['Cancelar'],
        answer: ['ann@example.com', 'Responderemos a ann@example.com'],
        outlives: ['help', 'search', 'photo', 'knowledge'],
      },
    ],
  ],
];

const CASES = TABLE.flatMap(([language, questions]) =>
  questions.flatMap((asked) => asked.outlives.map((between) => [language, asked.open, between, asked] as const)),
);

it.each(CASES)('%s: %s outlives %s', async (language, open, between, asked) => {
  const { say, sendPhoto } = newcomer(language);
  for (const words of asked.says) await say(words);
  const reminder = app.translator.text(language, `open.${open}`, { title: asked.title });
  const [words, answer] = between === 'photo' ? ['', ''] : BETWEEN[language][between];
  const reply = between === 'photo' ? await sendPhoto() : await say(words);
  expect(reply.text).toContain(answer);
  if (between === 'photo' || between === 'search') expect(reply.cards.length).toBeGreaterThan(0);
  const lines = reply.text.split('\n');
  expect([lines.at(-1), lines.length > 1]).toEqual([reminder, true]);
  expect(reply.suggestions.map(({ value }) => value)).toEqual(expect.arrayContaining([...asked.taps]));
  expect((await say(asked.answer[0])).text).toContain(asked.answer[1]);
});

it.each([
  ['en', ['mug', 'add it to my basket'], 'blue backpack'],
  ['zh', ['杯子', '加入购物车'], '蓝色双肩包'],
  ['es', ['taza', 'al carrito'], 'mochila azul'],
] as const)(
  '%s: which of the products was asked of those: others make it no question',
  async (language, says, search) => {
    const { say } = newcomer(language);
    for (const words of says) await say(words);
    expect((await say(search)).text).not.toContain(app.translator.text(language, 'open.which'));
  },
);

it.each([
  ['en', 'help', 'Ann is kind', 'Yes'],
  ['zh', '帮助', '安很亲切', '可以'],
  ['es', 'ayuda', 'Ann es amable', 'Sí'],
] as const)('%s: a comment on a rating is reminded of, and can still be given', async (language, help, words, yes) => {
  const { say, conversationId } = newcomer(language);
  await say(BETWEEN[language].person[0]);
  const ticket = () => {
    const found = app.tickets
      .inStates(['queued', 'active', 'assigned', 'wrapUp'])
      .find((each) => each.conversationId === conversationId);
    if (!found) throw new Error('no ticket');
    return found;
  };
  const { id } = ticket();
  app.handoff.claim(id, ANN, ticket().version);
  app.handoff.send(id, ANN, { id: 'm', text: 'Hi' });
  app.handoff.finish(id, ANN, ticket().version);
  app.handoff.close(id, ANN, { outcome: 'solved', tags: [], version: ticket().version });
  // The rating waits while something else is asked.
  await say(help);
  expect((await say('4')).suggestions[0]?.value).toBe(yes);
  const reminder = app.translator.text(language, 'open.comment');
  expect((await say(help)).text).toContain(reminder);
  await say(yes);
  await say(words);
  expect(app.tickets.get(id)).toMatchObject({ satisfaction: 4, comment: words });
  await say('4');
  expect((await say(help)).text).not.toContain(reminder);
});

it('is let go by "cancel", after three turns about something else, and after a quarter of an hour', async () => {
  const reminder = 'We were at your order';
  const cancelled = newcomer('en').say;
  await cancelled('where is my order');
  expect((await cancelled('help')).text).toContain(reminder);
  await cancelled('never mind');
  expect((await cancelled('help')).text).not.toContain(reminder);

  const passed = newcomer('en').say;
  await passed('where is my order');
  for (const words of ['help', 'blue backpack', 'red mug']) expect((await passed(words)).text).toContain(reminder);
  expect((await passed('help')).text).not.toContain(reminder);
  expect((await passed('yes')).text).not.toContain(reminder);

  const late = newcomer('en').say;
  await late('where is my order');
  now += 16 * MINUTE;
  expect((await late('help')).text).not.toContain(reminder);
});

it('takes a bare yes or no for an answer to what was asked only', async () => {
  const { say, conversationId } = newcomer('en');
  await say('mug');
  await say('add it to my basket');
  // It is no consent to anything.
  expect((await say('yes')).text).toBe(app.translator.text('en', 'open.which'));
  expect(app.profiles.hasConsent({ channel: 'test', userId: conversationId.replace(':', '-') })).toBe(false);
  expect((await say('no')).text).toBe(app.translator.text('en', 'order.dropped'));
});

it('keeps an earlier question while a newer one is asked, and takes its answer', async () => {
  const { say } = newcomer('en');
  for (const words of ['linen shirt', '1', 'add it to my basket']) await say(words);
  expect((await say('where is my order')).text).not.toContain('We were at');
  // A size is no order number.
  const added = await say('M');
  expect(added.text).toContain('Linen shirt (M) × 1');
  expect(added.text).toContain('We were at your order');
  expect((await say('V-1001 ada@example.com')).text).toContain('on its way');
});

it('looks for what is named, though its colour could answer a question', async () => {
  const { say } = newcomer('en');
  for (const words of ['linen shirt', '1', 'add it to my basket']) await say(words);
  const reply = await say('a mug in blue');
  expect(reply.cards[0]?.productId).toBe('mug-blue');
  expect(reply.text).toContain('We were at Linen shirt');
});
