import { LANGUAGES } from '../../src/domain';
import { product } from '../support/data-dir';
import { mugShop } from './support/mug-shop';
import { lastConversation, shopper } from './support/shopper';

const shop = mugShop();
beforeAll(async () => {
  shop.app.products.upsert([product({ id: 'blue', title: 'Blue mug', color: 'blue' })]);
  await shop.app.indexer.sync({});
});

/** What is tapped in a help that follows results, and what must come of it. */
const DOES = ['refine', 'compare', 'details', 'order', 'question', 'language'] as const;

it.each(LANGUAGES)('%s: help names what can be done now, and what is tapped does it', async (language) => {
  const say = shopper(shop.app, language);
  const example = (text: string) => shop.app.translator.text(language, text);
  const asked = example('suggestions.help');
  const first = await say(asked);
  expect(first.text).toContain(example('manners.help.lead'));
  expect(first.suggestions.map(({ value }) => value)).toEqual([
    example('examples.0'),
    ...(['order', 'question', 'language'] as const).map((topic) => example(`manners.help.${topic}`)),
  ]);
  const mug = shop.app.vocabulary.name('kind', 'mug', language);
  for (const [index, topic] of DOES.entries()) {
    // What the last one asked would be taken up again.
    await say(example('suggestions.cancel'));
    expect((await say(mug)).cards).toHaveLength(2);
    const { suggestions } = await say(asked);
    expect(suggestions.map(({ value }) => value)).toEqual(DOES.map((each) => example(`manners.help.${each}`)));
    const reply = await say(suggestions[index]?.value ?? '');
    const state = shop.app.conversations.load(lastConversation()).state as Record<string, unknown>;
    const done = {
      refine: reply.cards.length > 0 || reply.text === example('nothing'),
      compare: reply.table !== undefined,
      details: reply.cards.length === 1 && state.lastProduct !== undefined,
      order: (state.asking as { about?: string } | undefined)?.about === 'order',
      question: (state.courtesy as { servedAt?: number })?.servedAt !== undefined,
      language: reply.suggestions.length === LANGUAGES.length,
    };
    expect([topic, suggestions[index]?.value, done[topic], reply.language]).toEqual([
      topic,
      suggestions[index]?.value,
      true,
      language,
    ]);
  }
});
