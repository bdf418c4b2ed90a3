import type { App } from '../../src/app';
import { LANGUAGES, type Language, type Reply } from '../../src/domain';
import { product, withTemporaryApp } from '../support/data-dir';
import { shopper } from './support/shopper';

const NOW = Date.UTC(2026, 10, 27);
const ann = { channel: 'test', userId: 'ann' };
const like = (productId: string) => ({ name: 'like', productId }) as const;
const ids = (reply: Reply) => reply.cards.map(({ productId }) => productId);
const offered = (reply: Reply) => reply.suggestions.map(({ title }) => title);

/** Knows red, blue and everything else. */
const encoder = {
  id: 'colors@1',
  space: 'colors',
  dimensions: 3,
  maxBatch: 32,
  parallel: false,
  encode: async (texts: readonly string[]) =>
    texts.map((text) => {
      if (/blue/i.test(text)) return Float32Array.of(0, 1, 0);
      return /red/i.test(text) ? Float32Array.of(1, 0, 0) : Float32Array.of(0, 0, 1);
    }),
};

const KINDS = ['mug', 'teapot', 'bowl', 'scarf', 'coat', 'backpack'];

/** Six kinds of things in two colours, two of each; the red ones are rated better. */
async function filled(app: App): Promise<void> {
  app.products.upsert(
    KINDS.flatMap((kind) =>
      ['red', 'blue'].flatMap((color) =>
        [1, 2].map((n) =>
          product({
            id: `${color}-${kind}-${n}`,
            title: `${color === 'red' ? 'Red' : 'Blue'} ${kind} ${n}`,
            texts: { de: { title: `${kind} ${n} (${color})` } },
            color,
            rating: color === 'red' ? 4.8 : 4.1,
            reviewCount: 200 + n,
          }),
        ),
      ),
    ),
  );
  await app.indexer.sync({});
}

const withShop = (action: (app: App) => Promise<void>, settings = {}) =>
  withTemporaryApp(
    async (app) => {
      await filled(app);
      await action(app);
    },
    { encoder, clock: () => NOW },
    settings,
  );

it('asks once before anything is kept, and keeps the like that waited for the answer', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    const asked = await say('Like: Blue mug 1', like('blue-mug-1'));
    expect(asked.text).toContain('May I remember what you like');
    expect(offered(asked)).toEqual(['Yes', 'No']);
    expect(app.profiles.hasConsent(ann)).toBe(false);
    expect(asked.heart).toBeUndefined();
    const consented = await say('Yes');
    expect(consented.text).toContain('From now on I remember what you like');
    expect(consented.heart).toEqual({ productId: 'blue-mug-1', given: true });
    expect(app.profiles.events(ann)).toEqual([{ productId: 'blue-mug-1', kind: 'like', at: NOW }]);
    expect((await say('Like', like('blue-coat-1'))).text).toBe('Noted: you like Blue coat 1.');
    expect(app.profiles.events(ann)).toHaveLength(2);
    // Of another conversation of the same shopper.
    expect((await shopper(app, 'en', 'ann')('Like', like('blue-bowl-1'))).text).toContain('Noted');
    expect((await say('Take the like back', { name: 'unlike', productId: 'blue-coat-1' })).text).toContain('back');
    expect(app.profiles.events(ann).map(({ productId }) => productId)).toEqual(['blue-bowl-1', 'blue-mug-1']);
  });
});

it('keeps nothing after a no, and does not ask again; "remember what I like" changes that', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    await say('Like', like('blue-mug-1'));
    expect((await say('no')).text).toBe('All right, I remember nothing about you.');
    const again = await say('Like', like('blue-mug-1'));
    expect(again.text).toContain("I can't remember it");
    expect(again.heart).toEqual({ productId: 'blue-mug-1', given: false });
    await say('Details', { name: 'details', productId: 'blue-mug-1' });
    await say('start over');
    expect((await say('for you')).text).toContain('well rated');
    expect(app.profiles.hasConsent(ann)).toBe(false);
    await say(offered(again)[0] ?? '');
    await say('Like', like('blue-mug-1'));
    expect(app.profiles.events(ann)).toHaveLength(1);
  });
});

it.each([
  ['en', "I don't mind"],
  ['zh', '无所谓'],
  ['es', 'me da igual'],
] as const)('%s: who says “%s” to the question of consent has not agreed', async (language, says) => {
  await withShop(async (app) => {
    const say = shopper(app, language, 'ann');
    await say('Like', like('blue-mug-1'));
    expect((await say(says)).text).toBe(app.translator.text(language, 'declined'));
    expect(app.profiles.hasConsent(ann)).toBe(false);
  });
});

it('takes a yes or no for an answer only where it was just asked, or reminded of', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    await say('Like', like('blue-mug-1'));
    expect(ids(await say('red mug'))[0]).toMatch(/red-mug/);
    expect((await say('never mind')).text).not.toContain('remember');
    const late = await say('yes');
    expect(late.text).not.toContain('remember');
    expect(app.profiles.hasConsent(ann)).toBe(false);
  });
});

it('does not ask where the channel does not say who writes', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', '');
    expect((await say('Like', like('blue-mug-1'))).text).toContain("I can't remember it");
    expect((await say('remember what I like')).text).toBe('All right, I remember nothing about you.');
    expect((await say('for you')).cards).toHaveLength(6);
  });
});

it('recommends the well rated, then what is like the liked, never what was liked or bought, kinds mixed', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    await say('for you');
    const first = await say('yes');
    expect(first.text.split('\n')).toEqual([
      expect.stringContaining('From now on I remember'),
      "I don't know your taste yet. These are well rated:",
    ]);
    expect(ids(first).every((id) => id.startsWith('red-'))).toBe(true);
    expect(first.cards[0]?.why).toBe('well rated');
    await say('Like', like('blue-mug-1'));
    app.profiles.record(ann, { productId: 'blue-scarf-2', kind: 'purchase', at: NOW });
    const forYou = await say('for you');
    expect(forYou.text).toBe('Chosen for you, by what you like:');
    expect(forYou.cards[0]?.why).toBe('like what you liked');
    const more = await say('show more');
    expect(more.text).toBe('More for you:');
    const all = [...ids(forYou), ...ids(more)];
    expect(new Set(all).size).toBe(all.length);
    expect(all.slice(0, 10).every((id) => id.startsWith('blue-'))).toBe(true);
    expect(all).not.toContain('blue-mug-1');
    expect(all).not.toContain('blue-scarf-2');
    for (const page of [forYou, more]) {
      const kinds = ids(page).map((id) => id.split('-')[1]);
      for (const kind of kinds) expect(kinds.filter((other) => other === kind).length).toBeLessThanOrEqual(3);
    }
  });
});

it('orders a search by taste, and says so', async () => {
  await withShop(async (app) => {
    app.profiles.giveConsent(ann);
    app.profiles.record(ann, { productId: 'blue-coat-1', kind: 'like', at: NOW });
    const reply = await shopper(app, 'en', 'ann')('mug');
    expect(ids(reply).slice(0, 2).sort()).toEqual(['blue-mug-1', 'blue-mug-2']);
    expect(reply.cards[0]?.why).toContain('like what you liked');
    expect(
      ids(await shopper(app, 'en', 'ann')('red mug'))
        .slice(0, 2)
        .sort(),
    ).toEqual(['red-mug-1', 'red-mug-2']);
    expect(ids(await shopper(app, 'en', 'bob')('mug'))[0]).toMatch(/red-mug/);
  });
});

it('keeps views, and what was shown at which place, without words', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    await say('mug');
    expect(app.profiles.impressions(ann)).toEqual([]);
    await say('remember what I like');
    const shown = ids(await say('blue mug'));
    await say('Details', { name: 'details', productId: shown[1] ?? '' });
    await say('More like this', { name: 'similar', productId: shown[0] ?? '' });
    const places = app.profiles.impressions(ann);
    const first = places.filter(({ searchId }) => searchId === places.find(({ clicked }) => clicked)?.searchId);
    expect(first.map(({ productId, position, clicked }) => [productId, position, clicked])).toEqual(
      shown.map((id, i) => [id, i + 1, i < 2 ? 'view' : undefined]),
    );
    expect(new Set(places.map(({ searchId }) => searchId)).size).toBe(2);
    // Of the search, not of what is like a product; her taste was searched with, too, once there was one.
    const [kept, ...others] = [...app.searchLog.searches(9)];
    expect(others).toEqual([]);
    expect(kept?.query).toEqual({ words: { encoder: 'colors@1', space: 'colors', vector: Float32Array.of(0, 1, 0) } });
    expect(kept?.places.map(({ productId }) => productId)).toEqual(shown);
    const scores = kept?.places.map(({ score = 0 }) => score) ?? [];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(0);
    await say('red mug');
    const tokens = [...app.searchLog.searches(9)].map(({ query }) => Object.keys(query).sort().join());
    expect(tokens.sort()).toEqual(['history,words', 'words']);
    expect(app.profiles.events(ann).map(({ kind }) => kind)).toEqual(['view', 'view']);
  });
});

it('numbers the places of a search over its pages', async () => {
  await withShop(async (app) => {
    app.profiles.giveConsent(ann);
    const say = shopper(app, 'en', 'ann');
    await say('for you');
    await say('show more');
    const places = app.profiles.impressions(ann);
    expect(new Set(places.map(({ searchId }) => searchId)).size).toBe(1);
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

it('keeps no vectors of a search in another order, and goes on counting where the shopper consents while paging', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    expect(ids(await say('red'))).toHaveLength(6);
    await say('remember what I like');
    expect(ids(await say('show more'))).toHaveLength(6);
    expect(app.profiles.impressions(ann).map(({ position }) => position)).toEqual([7, 8, 9, 10, 11, 12]);
    expect([...app.searchLog.searches(9)]).toHaveLength(1);
    await say('cheapest red mug');
    expect(app.profiles.impressions(ann).length).toBeGreaterThan(6);
    expect([...app.searchLog.searches(9)]).toHaveLength(1);
  });
});

it('writes nothing of a turn that was not committed', async () => {
  await withShop(async (app) => {
    app.profiles.giveConsent(ann);
    const message = {
      channel: 'test',
      conversationId: 'test:refused',
      userId: 'ann',
      text: 'Like',
      kind: 'message' as const,
      hasAttachments: false,
      action: like('blue-mug-1'),
    };
    const failing = app.assistant.handleTurn(message, new AbortController().signal, () => {
      throw new Error('the disk is full');
    });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(app.profiles.events(ann)).toEqual([]);
  });
});

it('shows what it knows, and forgets it', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    expect((await say('what do you know about me')).text).toContain('I remember nothing about you');
    await say('remember what I like');
    await say('red mug');
    expect([...app.searchLog.searches(9)]).toHaveLength(1);
    expect((await say('what do you know about me?')).text).toContain('So far there is nothing');
    for (const id of ['blue-mug-1', 'red-coat-2']) await say('Like', like(id));
    const known = await say('What do you know about me');
    expect(known.text).toContain('I know of 2 such events');
    expect(known.text).toMatch(/The last ones were about: .*(Blue mug 1|Red coat 2).*(Blue mug 1|Red coat 2)\.$/);
    const forgotten = await say('forget me');
    expect([forgotten.text, forgotten.heart]).toEqual([expect.stringContaining('erased everything'), { given: false }]);
    expect([app.profiles.hasConsent(ann), app.profiles.events(ann), app.profiles.impressions(ann)]).toEqual([
      false,
      [],
      [],
    ]);
    expect([...app.searchLog.searches(9)]).toEqual([]);
    expect((await say('Like', like('blue-mug-1'))).text).toContain("I can't remember it");
  });
});

it('tells cards whether their product was liked', async () => {
  await withShop(async (app) => {
    app.profiles.giveConsent(ann);
    app.profiles.record(ann, { productId: 'blue-mug-1', kind: 'like', at: NOW });
    const { cards } = await shopper(app, 'de', 'ann')('Becher');
    const hearts = new Map(cards.map(({ productId, like: heart }) => [productId, heart]));
    expect(hearts.get('blue-mug-1')).toEqual({ label: 'Gefällt mir', undo: 'Gefällt mir nicht mehr', given: true });
    expect(hearts.get('red-mug-1')).toMatchObject({ given: false });
  });
});

it('finds what goes well with a product: its colour in other kinds, then what others bought with it', async () => {
  await withShop(async (app) => {
    const say = shopper(app, 'en', 'ann');
    expect((await say('what goes with it')).text).toContain('Which product do you mean?');
    await say('Details', { name: 'details', productId: 'red-mug-1' });
    const matching = await say('what goes with it');
    expect(matching.text).toBe('Goes well with Red mug 1:');
    expect(ids(matching).slice(0, 2).sort()).toEqual(['red-teapot-1', 'red-teapot-2']);
    expect(ids(matching).some((id) => /mug|blue/.test(id))).toBe(false);
    expect(matching.cards[0]?.why).toBe('red');
    for (const userId of ['1', '2', '3', '4']) {
      const other = { channel: 'test', userId };
      app.profiles.giveConsent(other);
      const both = userId === '4' ? ['red-bowl-1'] : ['red-mug-1', 'blue-scarf-1'];
      for (const productId of both) app.profiles.record(other, { productId, kind: 'purchase', at: NOW });
    }
    const bought = await say('Goes well with', { name: 'goesWith', productId: 'red-mug-1' });
    expect(bought.cards[0]).toMatchObject({ productId: 'blue-scarf-1', why: 'often bought together' });
    expect(
      ids(bought)
        .slice(1)
        .every((id) => id.startsWith('red-')),
    ).toBe(true);
  });
});

describe.each(LANGUAGES)('in %s', (language: Language) => {
  it('asks, is answered, shows and forgets by what it suggests itself', async () => {
    await withShop(async (app) => {
      const say = shopper(app, language, 'ann');
      const [yes = ''] = offered(await say('x', like('blue-mug-1')));
      const consented = await say(yes);
      expect(app.profiles.events(ann)).toHaveLength(1);
      expect(consented.language).toBe(language);
      const [forYou = '', whatYouKnow = '', forgetMe = ''] = offered(consented);
      const recommended = await say(forYou);
      expect([recommended.language, recommended.cards.length]).toEqual([language, 6]);
      expect((await say(whatYouKnow)).text).toContain('1');
      await say('x', { name: 'details', productId: 'red-mug-1' });
      const forgotten = await say(forgetMe);
      expect([forgotten.language, app.profiles.hasConsent(ann)]).toEqual([language, false]);
      const [remember = ''] = offered(await say(whatYouKnow));
      await say(remember);
      expect(app.profiles.hasConsent(ann)).toBe(true);
    });
  });
});
