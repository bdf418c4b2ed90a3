import type { App } from '../../src/app';
import type { Language, Reply, Ticket } from '../../src/domain';
import { product, withTemporaryApp } from '../support/data-dir';
import { lastConversation, shopper } from './support/shopper';

const MINUTE = 60_000;
/** A Friday, 13:00 in Berlin. */
const NOON = Date.UTC(2026, 10, 27, 12);
const HOURS = { timeZone: 'Europe/Berlin', mon: ['09:00-18:00'], fri: ['09:00-18:00'] };
const ANN = { id: 'ann', supervises: false };

const offered = ({ suggestions }: Reply) => suggestions.map(({ title }) => title);

/** A shop with a red mug, whose clock is moved by hand, and what it says outside of turns. */
async function withShop(
  action: (shop: { app: App; notices: Reply[]; pass: (minutes: number) => void }) => Promise<void>,
  settings: Parameters<typeof withTemporaryApp>[2] = {},
): Promise<void> {
  let now = NOON;
  const run = async (app: App) => {
    app.products.upsert([product({ id: 'mug', title: 'Red mug', color: 'red' })]);
    await app.indexer.sync({});
    const notices: Reply[] = [];
    app.line.current = {
      write: (_conversation, { reply }) => notices.push(reply) > 0,
      wake: () => undefined,
      typing: () => Promise.resolve(),
    };
    const pass = (minutes: number) => {
      now += minutes * MINUTE;
      app.handoff.timeouts.tick();
    };
    await action({ app, notices, pass });
  };
  const overrides = { clock: () => now, agents: { nameOf: (id: string) => ({ ann: 'Ann' })[id] } };
  await withTemporaryApp(run, overrides, { MODELS: 'none', ...settings });
}

const ticketOf = (app: App): Ticket => {
  const [ticket] = app.tickets.inStates(['queued', 'assigned', 'active', 'wrapUp', 'message']);
  if (!ticket) throw new Error('no ticket');
  return ticket;
};

/** Takes the one ticket, answers it and closes it. */
function served(app: App): void {
  const { id } = ticketOf(app);
  app.handoff.claim(id, ANN, ticketOf(app).version);
  app.handoff.send(id, ANN, { id: 'm', text: 'Hi, how can I help?' });
  app.handoff.finish(id, ANN, ticketOf(app).version);
  app.handoff.close(id, ANN, { outcome: 'solved', tags: [], version: ticketOf(app).version });
}

/** What is said, and a part of what the answer says, in each language. */
const TALKS: readonly [Language, readonly [string, string][]][] = [
  [
    'en',
    [
      ['red mug', 'red'],
      ['Can I talk to a human, please?', 'You are number 1 in the queue.'],
      ['agent', 'I have already asked for a colleague.'],
      ['Keep chatting', 'You keep your place'],
      ['red mug', 'red'],
      ['Cancel', 'no longer in the queue'],
      ['cancel', 'What are you looking for?'],
      ['leave a message', 'What may I pass on?'],
      ['My mug came broken', 'Which e-mail address'],
      ['ann at example', 'does not look like an e-mail address'],
      ['It is ann@example.com.', 'We will answer to ann@example.com.'],
    ],
  ],
  [
    'zh',
    [
      ['红色马克杯', '红'],
      ['请帮我转人工', '您排在第1位。'],
      ['人工客服', '已经为您呼叫人工客服'],
      ['继续聊', '排队位置会保留'],
      ['红色马克杯', '红'],
      ['取消', '已为您取消排队'],
      ['取消', '您想找什么'],
      ['留言', '有什么需要我转达'],
      ['杯子碎了', '哪个邮箱'],
      ['没有邮箱', '不像邮箱地址'],
      ['我的邮箱是ann@example.com。', '我们会回复到 ann@example.com'],
    ],
  ],
  [
    'es',
    [
      ['taza roja', 'rojo'],
      ['Quiero hablar con una persona', 'Eres el número 1 en la cola.'],
      ['agente por favor', 'Ya he avisado'],
      ['Seguir chateando', 'Conservas tu lugar'],
      ['taza roja', 'rojo'],
      ['Cancelar', 'ya no estás en la cola'],
      ['cancelar', '¿Qué buscas?'],
      ['dejar un mensaje', '¿Qué quieres que transmita?'],
      ['La taza llegó rota', '¿A qué correo electrónico'],
      ['no tengo', 'no parece un correo'],
      ['ann@example.com', 'Responderemos a ann@example.com'],
    ],
  ],
];

it.each(TALKS)('%s: waits, goes on with the bot, leaves the queue, leaves a message', async (language, talk) => {
  await withShop(async ({ app }) => {
    const say = shopper(app, language);
    for (const [text, answer] of talk) expect((await say(text)).text).toContain(answer);
    expect(ticketOf(app)).toMatchObject({ state: 'message', language, email: 'ann@example.com' });
  });
});

it('answers in the language in which a person was asked for, whatever the channel says', async () => {
  await withShop(async ({ app }) => {
    const say = shopper(app, 'en');
    expect((await say('Je voudrais parler à un conseiller')).text).toContain('numéro 1');
    expect((await say('Laisser un message')).text).toContain('Que puis-je transmettre');
    expect((await say('x@example.com: rappelez-moi')).text).toContain('Nous répondrons à x@example.com');
    expect(ticketOf(app)).toMatchObject({ language: 'fr', preview: 'x@example.com: rappelez-moi' });
  });
});

it('tells place and expected wait, that nobody is free, and offers the choices', async () => {
  await withShop(async ({ app, pass }) => {
    const first = await shopper(app, 'en')('a person');
    expect(first.text).toContain('Nobody is free at the moment.');
    expect(offered(first)).toEqual(['Keep chatting', 'Leave a message', 'Cancel']);
    app.handoff.connected('ann');
    pass(2);
    app.handoff.claim(ticketOf(app).id, ANN, ticketOf(app).version);
    const second = await shopper(app, 'en')('a person');
    expect(second.text).toContain('You are number 1 in the queue. It should take about 2 minutes.');
    expect(second.text).not.toContain('Nobody is free');
    const third = await shopper(app, 'ru')('оператор');
    expect(third.text).toContain('Ваш номер в очереди: 2. Ждать примерно 4 минуты.');
  });
});

it('outside of opening hours it takes a message and says when somebody is there', async () => {
  await withShop(
    async ({ app, pass }) => {
      pass(6 * 60);
      const say = shopper(app, 'de');
      const away = await say('Mitarbeiter bitte');
      expect(away.text).toContain('Wir sind wieder da: Montag');
      expect(away.text).toContain('09:00');
      expect(offered(away)).toEqual(['Abbrechen']);
      expect((await say('Abbrechen')).text).toContain('ich gebe nichts weiter');
      await say('Kundenservice');
      expect((await say('Wo ist mein Paket?')).text).toContain('E-Mail-Adresse');
      expect((await say('max@beispiel.de')).text).toContain('Wir antworten an max@beispiel.de');
      expect(ticketOf(app)).toMatchObject({
        state: 'message',
        preview: 'Wo ist mein Paket?',
        email: 'max@beispiel.de',
      });
      // The shopper's other wishes are answered as ever.
      expect((await say('rote Tasse')).cards).toHaveLength(1);
    },
    { HANDOFF_HOURS: HOURS },
  );
});

it('after a while in the queue the shopper is told and offered both', async () => {
  await withShop(async ({ app, notices, pass }) => {
    await shopper(app, 'es')('hablar con una persona');
    pass(5.1);
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringContaining('Siento que tarde tanto. Eres el número 1'),
    ]);
    expect(offered(notices[0] as Reply)).toEqual(['Seguir chateando', 'Dejar un mensaje', 'Cancelar']);
  });
});

it('is silent while a person owns the conversation, and goes on with the context that it had', async () => {
  await withShop(async ({ app, notices }) => {
    const say = shopper(app, 'en');
    await say('red mug');
    await say('talk to a person');
    const { id } = ticketOf(app);
    expect(ticketOf(app)).toMatchObject({ topic: 'mugs', language: 'en' });
    const before = app.conversations.load(ticketOf(app).conversationId);
    app.handoff.claim(id, ANN, ticketOf(app).version);
    await expect(say('hello?')).rejects.toThrow('no reply');
    await expect(say('Like: Red mug', { name: 'like', productId: 'mug' })).rejects.toThrow('no reply');
    expect(app.conversations.load(ticketOf(app).conversationId)).toEqual(before);
    app.handoff.giveBack(id, ANN, ticketOf(app).version);
    expect(notices.map(({ text }) => text)).toEqual([
      'Ann is here now and will answer you.',
      'This is the shopping assistant again. What else may I do for you?',
    ]);
    expect((await say('show more')).text).toBe('That is all I found. Try other words?');
    expect(app.transcripts.of(lastConversation()).map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual([
      'shopper: red mug',
      expect.stringContaining('bot: '),
      'shopper: talk to a person',
      expect.stringContaining('bot: I am getting a colleague'),
      'system: Ann is here now and will answer you.',
      'shopper: hello?',
      'shopper: Like: Red mug',
      'system: This is the shopping assistant again. What else may I do for you?',
      'shopper: show more',
      'bot: That is all I found. Try other words?',
    ]);
  });
});

it('keeps what the bot understood and showed', async () => {
  await withShop(async ({ app }) => {
    await shopper(app, 'en')('red mug under 20 €');
    const [, answer] = app.transcripts.of(lastConversation());
    expect(answer).toMatchObject({
      understood: 'mugs, red, up to €20.00',
      products: [{ productId: 'mug', title: 'Red mug' }],
    });
  });
});

it('offers a person when it could not help twice in a row, and takes a no', async () => {
  await withShop(async ({ app }) => {
    const say = shopper(app, 'en');
    expect((await say('zzzz')).text).not.toContain('Shall I get a person');
    expect((await say('red mug')).text).not.toContain('Shall I get a person');
    expect((await say('zzzz')).text).not.toContain('Shall I get a person');
    const second = await say('qqqq');
    expect(second.text).toContain('Shall I get a person for you?');
    expect(offered(second)).toEqual(['Yes', 'No']);
    expect((await say('No')).text).toContain('What are you looking for?');
    expect((await say('zzzz')).text).not.toContain('Shall I get a person');
    await say('qqqq');
    // Another wish lets the offer go; a yes that comes later answers nothing.
    await say('red mug');
    expect((await say('yes')).text).not.toContain('number 1');
    await say('red mug');
    await say('zzzz');
    await say('qqqq');
    expect((await say('Yes')).text).toContain('You are number 1 in the queue.');
    expect(ticketOf(app).reason).toBe('gaveUp');
  });
});

it('asks how satisfied the shopper is once an agent closed, and keeps score and comment', async () => {
  await withShop(async ({ app, notices }) => {
    const say = shopper(app, 'en');
    await say('agent please');
    served(app);
    const asked = notices.at(-1);
    expect(asked?.text).toContain('from 1 to 5');
    expect(asked?.suggestions.map(({ value }) => value)).toEqual(['5', '4', '3', '2', '1']);
    // Something else may come first.
    expect((await say('red mug')).cards).toHaveLength(1);
    const thanked = await say('4/5');
    expect([thanked.text, offered(thanked)]).toEqual(['Thank you! Would you like to add a few words?', ['Yes', 'No']]);
    expect((await say('yes')).text).toBe('Please write it here.');
    expect((await say('She was very kind')).text).toContain('noted');
    const [ticket] = app.tickets.closed({ limit: 1 });
    expect(ticket).toMatchObject({ satisfaction: 4, comment: 'She was very kind' });
    // A number is a wish again.
    expect((await say('5')).text).not.toContain('Thank you');
    expect(app.tickets.closed({ limit: 1 })[0]).toEqual(ticket);
  });
});

it.each([
  ['5 ★', 5],
  ['⭐⭐⭐', 3],
  ['２', 2],
  ['4 stars', 4],
  ['1分', 1],
  ['7', undefined],
  ['5 mugs', undefined],
])('reads “%s” as a rating of %s', async (text, score) => {
  await withShop(async ({ app }) => {
    const say = shopper(app, 'en');
    await say('agent please');
    served(app);
    await say(text);
    expect(app.tickets.closed({ limit: 1 })[0]?.satisfaction).toBe(score);
  });
});

describe('policies', () => {
  const angry = {
    id: 'test',
    space: undefined,
    classify: (text: string) => {
      const negative = text.includes('useless') ? 0.95 : 0.01;
      return { label: 'neutral' as const, scores: { negative, neutral: 1 - negative, positive: 0 } };
    },
  };

  it('a complaint calls a person in the place of an answer', async () => {
    await withShop(async ({ app }) => {
      const say = shopper(app, 'en');
      await say('red mug');
      const reply = await say('I want to make a complaint about my mug');
      expect(reply.text).toMatch(/^I am sorry about that\. I am getting a colleague for you\./);
      expect(reply.cards).toEqual([]);
      expect(ticketOf(app)).toMatchObject({ reason: 'complaint', preview: 'I want to make a complaint about my mug' });
      // It is queued once.
      await say('this is a complaint');
      expect(app.tickets.inStates(['queued'])).toHaveLength(1);
    });
  });

  it('a shopper who gets angry is offered a person, who is called only if wanted', async () => {
    await withTemporaryApp(
      async (app) => {
        await app.indexer.sync({ rebuild: true });
        const say = shopper(app, 'en');
        expect((await say('this is useless')).text).toBe('I am sorry about that. Shall I get a person for you?');
        expect(app.tickets.inStates(['queued'])).toEqual([]);
        expect((await say('no')).text).not.toContain('person');
        await say('this is useless');
        expect((await say('yes')).text).toContain('You are number 1 in the queue.');
        expect(ticketOf(app)).toMatchObject({ state: 'queued', reason: 'sentiment' });
        // Who waits is asked no more.
        expect((await say('this is useless')).text).not.toContain('Shall I get a person');
      },
      { clock: () => NOON, sentiment: angry },
      { MODELS: 'none' },
    );
  });

  it('a shopper who gets angry is offered a message outside of opening hours', async () => {
    await withTemporaryApp(
      async (app) => {
        await app.indexer.sync({ rebuild: true });
        const say = shopper(app, 'en');
        const reply = await say('this is useless');
        expect([reply.text, offered(reply)]).toEqual([
          'I am sorry about that. Shall I get a person for you?',
          ['Yes', 'No'],
        ]);
        expect((await say('yes')).text).toContain('Nobody is there right now.');
        await say('It broke');
        await say('a@example.com');
        expect(ticketOf(app)).toMatchObject({ state: 'message', reason: 'sentiment', preview: 'It broke' });
      },
      { clock: () => NOON, sentiment: angry },
      { MODELS: 'none', HANDOFF_HOURS: { ...HOURS, fri: [] } },
    );
  });

  it('a VIP is answered as ever, and a colleague is asked to join', async () => {
    await withShop(
      async ({ app }) => {
        const say = shopper(app, 'en', 'ann');
        const reply = await say('red mug');
        expect(reply.cards).toHaveLength(1);
        expect(reply.text).toContain('I have asked a colleague to join us. You are number 1 in the queue.');
        await say('Cancel');
        expect((await say('red mug')).text).not.toContain('colleague');
      },
      { HANDOFF_VIPS: 'bob, test:ann' },
    );
  });

  it('so is who bought for much, as far as the shop may know', async () => {
    await withShop(
      async ({ app }) => {
        const ann = { channel: 'test', userId: 'ann' };
        app.products.upsert([product({ id: 'ring', title: 'Gold ring', price: { minor: 60_000, currency: 'EUR' } })]);
        const bought = { productId: 'ring', kind: 'purchase', at: NOON } as const;
        app.profiles.record(ann, bought);
        const say = shopper(app, 'en', 'ann');
        expect((await say('red mug')).text).not.toContain('colleague');
        app.profiles.giveConsent(ann);
        app.profiles.record(ann, bought);
        expect((await say('red mug')).text).toContain('I have asked a colleague to join us.');
        expect(ticketOf(app).reason).toBe('orderValue');
      },
      { HANDOFF_ORDER_VALUE: '500' },
    );
  });
});

it('says that there is nobody where hand-off is off', async () => {
  await withShop(
    async ({ app }) => {
      const say = shopper(app, 'en');
      expect((await say('talk to a human')).text).toContain('There is nobody here whom I could get');
      await say('zzzz');
      expect((await say('qqqq')).text).not.toContain('Shall I get a person');
      expect((await say('help')).text).not.toContain('talk to a person');
      expect(app.tickets.lastEvent()).toBe(0);
    },
    { HANDOFF: 'off' },
  );
});
