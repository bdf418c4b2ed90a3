import { rmSync } from 'node:fs';
import { type App, createApp } from '../../src/app';
import type { Product } from '../../src/domain';
import { call, type Json, openStream, poll, type Started, startConversation, until } from '../channels/support/client';
import { listen } from '../channels/support/listening';
import { product, temporaryConfig } from '../support/data-dir';
import { importMug, startShop } from '../support/shop-server';

const euros = (units: number) => ({ minor: units * 100, currency: 'EUR' });
const mug = (fields: Partial<Product> = {}) =>
  product({ id: 'mug', title: 'Red mug', color: 'red', price: euros(20), quantity: 0, ...fields });
const cup = (fields: Partial<Product> = {}) =>
  product({ id: 'cup', title: 'Blue cup', color: 'blue', price: euros(20), quantity: 9, ...fields });

async function send({ origin, started, locale = 'en' }: Shopper, text: string, value?: Json): Promise<void> {
  const url = `${origin}/v3/directline/conversations/${started.conversationId}/activities`;
  const body = { type: 'message', text, locale, ...(value && { value }) };
  expect((await call(url, { ...started, body })).status).toBe(200);
}

interface Shopper {
  readonly origin: string;
  readonly started: Started;
  readonly locale?: string;
}

/** What the bot said, without the greeting. */
async function saidTo({ origin, started }: Shopper): Promise<Json[]> {
  const all = await poll(`${origin}/v3/directline`, started);
  return all.filter(({ from, text }) => (from as Json).role === 'bot' && !String(text).startsWith('Hello'));
}

/** Says something and waits for the answer; returns its text. */
async function ask(shopper: Shopper, text: string, value?: Json): Promise<string> {
  const before = (await saidTo(shopper)).length;
  await send(shopper, text, value);
  return until(async () => {
    const said = await saidTo(shopper);
    return said.length > before && String(said.at(-1)?.text);
  });
}

describe('an app that serves', () => {
  const config = temporaryConfig({ MODELS: 'none', HANDOFF: 'console' });
  let app: App;
  let origin: string;
  let stop: () => Promise<void>;
  const serve = async () => {
    app = createApp(config);
    ({ origin, stop } = await listen(app, []));
  };
  /** As an import by another process does: over another connection. */
  const imports = async (...products: readonly Product[]) => {
    const other = createApp(config);
    other.products.upsert(products);
    await other.close();
    app.alerts.watch.tick();
  };
  const shopper = async (locale = 'en'): Promise<Shopper> => ({
    origin,
    locale,
    started: await startConversation(`${origin}/v3/directline`, { locale }),
  });
  const told = async (who: Shopper) =>
    (await saidTo(who))
      .map(({ text }) => String(text).replace(/\u00a0/g, ' '))
      .filter((text) => /You asked me/.test(text));
  const settled = () => until(() => app.outbox.count() === 0);

  beforeAll(async () => {
    await serve();
    app.products.upsert([mug(), cup()]);
    await app.indexer.sync({});
  });
  afterAll(async () => {
    await stop();
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  });

  it('tells once when it is back, with the card, and again only where that is tapped', async () => {
    const ann = await shopper();
    const stream = openStream(ann.started.streamUrl);
    await stream.opened;
    await ask(ann, 'tap', { action: 'alertStock', productId: 'mug' });
    await imports(mug({ title: 'Red mug!' }));
    await imports(mug({ title: 'Red mug', quantity: 3 }));
    await until(() => stream.activities().some(({ text }) => String(text).startsWith('You asked me')));
    stream.socket.terminate();
    const [message] = (await saidTo(ann)).slice(-1);
    if (!message) throw new Error('nothing was said');
    expect(message).toMatchObject({
      text: 'You asked me to tell you: Red mug is back in stock!\nThat was the only time, unless you tap “Keep telling me”.',
      locale: 'en',
      attachments: [{ content: { product: { id: 'mug' } } }],
    });
    const [card] = message.attachments as { content: { product: { actions: { name: string }[] } } }[];
    expect(card?.content.product.actions.map(({ name }) => name)).toEqual(['basketAdd', 'alertKeep', 'alertStop']);
    expect(await ask(ann, 'add it to my basket')).toMatch(/^In your basket: Red mug × 1/);
    // The same values, another sell-out and return: it was told already.
    await imports(mug({ quantity: 3 }));
    await imports(mug());
    await imports(mug({ quantity: 5 }));
    await settled();
    expect(await told(ann)).toHaveLength(1);
    await ask(ann, 'Keep telling me', { action: 'alertKeep', productId: 'mug' });
    await imports(mug({ quantity: 4 }));
    await imports(mug());
    await settled();
    expect(await told(ann)).toHaveLength(1);
    await imports(mug({ quantity: 7 }));
    await settled();
    expect(await told(ann)).toHaveLength(2);
    await imports(mug());
  });

  it('tells of prices in the same currency, sale prices too, and not what was unsubscribed from', async () => {
    const [ann, ben] = [await shopper(), await shopper('es')];
    for (const who of [ann, ben]) {
      await ask(who, 'Details', { action: 'details', productId: 'cup' });
    }
    expect(await ask(ann, 'tell me when it costs less than 15')).toMatch(/costs €15\.00 or less/);
    expect(await ask(ben, 'avísame si baja de precio')).toMatch(/cueste menos de/);
    await imports(cup({ price: euros(18) }));
    await settled();
    expect(await told(ann)).toEqual([]);
    expect(String((await saidTo(ben)).at(-1)?.text).replace(/\u00a0/g, ' ')).toMatch(
      /^Querías que te avisara: Blue cup cuesta ahora 18,00 €\./,
    );
    await imports(cup({ price: { minor: 900, currency: 'USD' } }));
    await settled();
    expect(await told(ann)).toEqual([]);
    await imports(cup({ price: euros(20), salePrice: euros(15) }));
    await settled();
    expect(await told(ann)).toEqual([expect.stringMatching(/^You asked me to tell you: Blue cup now costs €15\.00\./)]);
    await ask(ann, 'tap', { action: 'alertKeep', productId: 'cup' });
    await ask(ann, 'tap', { action: 'alertStop', productId: 'cup' });
    await imports(cup({ price: euros(20), salePrice: euros(10) }));
    await settled();
    expect(await told(ann)).toHaveLength(1);
    await imports(cup());
  });

  it('says nothing while a person owns the conversation, and tells it afterwards', async () => {
    const ann = await shopper();
    await ask(ann, 'tap', { action: 'alertStock', productId: 'mug' });
    app.agents.add({ name: 'zoe', displayName: 'Zoe', role: 'agent', passwordHash: 'none' });
    await ask(ann, 'I want to talk to a person');
    const id = `local:${ann.started.conversationId}`;
    const ticket = app.tickets.openOf(id);
    const agent = { id: app.agents.byName('zoe')?.id ?? '', supervises: false };
    if (!ticket) throw new Error('nobody waits');
    expect(app.handoff.claim(ticket.id, agent, ticket.version).ok).toBe(true);
    await imports(mug({ quantity: 2 }));
    await settled();
    expect(await told(ann)).toEqual([]);
    const mine = app.tickets.openOf(id);
    expect(app.handoff.giveBack(ticket.id, agent, mine?.version ?? 0).ok).toBe(true);
    app.alerts.watch.tick();
    await settled();
    expect(await told(ann)).toHaveLength(1);
    expect(app.transcripts.of(id).at(-1)).toMatchObject({ speaker: 'bot', products: [{ productId: 'mug' }] });
    await imports(mug());
  });

  it('tells once though the process ends between writing and sending, and before writing', async () => {
    const ann = await shopper();
    await ask(ann, 'tap', { action: 'alertStock', productId: 'mug' });
    await stop();
    // Nobody serves: the import's change waits. Then it is written, and the process ends before it is sent.
    const idle = createApp(config);
    idle.products.upsert([mug({ quantity: 2 })]);
    idle.alerts.watch.tick();
    expect(idle.outbox.count()).toBe(0);
    idle.line.current = {
      write: (conversation, { id, reply }) => {
        const answers = idle.references.get(conversation) ?? {};
        idle.outbox.add({ id, conversation, activity: { type: 'message', text: reply.text }, answers });
        return true;
      },
      wake: () => undefined,
      typing: () => Promise.resolve(),
    };
    idle.alerts.watch.tick();
    idle.alerts.watch.tick();
    expect(idle.outbox.count()).toBe(1);
    await idle.close();
    await app.close();
    await serve();
    const here = { ...ann, origin };
    await until(async () => (await told(here)).length > 0);
    app.alerts.watch.tick();
    await settled();
    expect(await told(here)).toHaveLength(1);
  });
});

it('tells of the import of another process, once, though the server is killed twice', async () => {
  const config = temporaryConfig();
  const settings = { DATA_DIR: config.DATA_DIR, MODELS: 'none' };
  const runImport = (availability: 'in_stock' | 'out_of_stock') => importMug(availability, settings);
  await runImport('out_of_stock');
  let server = await startShop('0', settings);
  try {
    const started = await startConversation(`${server.address}/v3/directline`, { locale: 'en' });
    const at = (): Shopper => ({ origin: server.address, started });
    const backs = async () => (await saidTo(at())).filter(({ text }) => String(text).includes('is back in stock!'));
    await ask(at(), 'tap', { action: 'alertStock', productId: 'mug' });
    await runImport('in_stock');
    await until(async () => (await backs()).length > 0);
    await server.kill();
    server = await startShop('0', settings);
    await ask(at(), 'tap', { action: 'alertKeep', productId: 'mug' });
    await runImport('out_of_stock');
    await server.kill();
    server = await startShop('0', settings);
    await runImport('in_stock');
    await until(async () => (await backs()).length > 1);
    expect(await ask(at(), 'red mug')).not.toBe('');
    expect(await backs()).toHaveLength(2);
  } finally {
    await server.kill();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  }
}, 300_000);
