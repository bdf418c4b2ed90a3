import { LANGUAGES, type Language } from '../../src/domain';
import { languageName } from '../../src/understanding';
import { mugShop } from './support/mug-shop';
import { lastConversation, shopper } from './support/shopper';

const shop = mugShop();
const state = () => shop.app.conversations.load(lastConversation()).state as Record<string, unknown>;

/** Channel's locale, and what is said with the language of each answer. */
const TALKS: readonly [string, string, readonly [string, Language][]][] = [
  [
    'short answers keep the language of the words before',
    'en',
    [
      ['busco una taza roja', 'es'],
      ['M', 'es'],
      ['ok', 'es'],
      ['40', 'es'],
      ['Aurora', 'es'],
      ['👍', 'es'],
      ['rojo', 'es'],
      ['red mug please, I need it today', 'en'],
      ['M', 'en'],
    ],
  ],
  [
    'a greeting alone settles it, too',
    'en',
    [
      ['hola', 'es'],
      ['M', 'es'],
      ['ok', 'es'],
    ],
  ],
  [
    'zh stays',
    'en',
    [
      ['我想买红色的杯子', 'zh'],
      ['M', 'zh'],
      ['ok', 'zh'],
      ['40', 'zh'],
      ['Aurora', 'zh'],
    ],
  ],
  [
    'the locale speaks first',
    'de-DE',
    [
      ['M', 'de'],
      ['ok', 'de'],
      ['40', 'de'],
    ],
  ],
  [
    'switched by words, from one to the next',
    'en',
    [
      ['auf Deutsch bitte', 'de'],
      ['说中文', 'zh'],
      ['can you speak Spanish', 'es'],
      ['en français svp', 'fr'],
      ['日本語でお願いします', 'ja'],
      ['fala português?', 'pt'],
      ['давай по-русски', 'ru'],
      ['English please', 'en'],
      ['habla en español por favor', 'es'],
      ['你会说英语吗', 'en'],
      ['parlez-vous allemand ?', 'de'],
      ['на китайском, пожалуйста', 'zh'],
      ['スペイン語で話してください', 'es'],
      ['kannst du Russisch sprechen', 'ru'],
      ['mude o idioma para francês', 'fr'],
    ],
  ],
  [
    'switched by the menu',
    'en',
    [
      ['change language', 'en'],
      ['Русский', 'ru'],
      ['язык', 'ru'],
      ['日本語', 'ja'],
      ['言語', 'ja'],
      ['Español', 'es'],
    ],
  ],
  [
    'what was chosen stays, until another is written three times',
    'en',
    [
      ['auf Deutsch bitte', 'de'],
      ['red mug', 'de'],
      ['show me a blue mug', 'de'],
      ['roter Becher', 'de'],
      ['I want a red mug', 'de'],
      ['something for my kitchen', 'de'],
      ['do you have any red mugs', 'en'],
      ['M', 'en'],
    ],
  ],
  [
    'thanks in another language leave nothing',
    'en',
    [
      ['说中文', 'zh'],
      ['gracias', 'zh'],
      ['merci', 'zh'],
      ['thank you very much', 'zh'],
    ],
  ],
];

it.each(TALKS)('%s', async (_name, locale, talk) => {
  const say = shopper(shop.app, locale);
  for (const [text, language] of talk) expect([text, (await say(text)).language]).toEqual([text, language]);
});

it('shows every language by its own name, and each of them switches', async () => {
  const say = shopper(shop.app, 'en');
  const { suggestions } = await say('which languages do you speak');
  expect(suggestions.map(({ title }) => title)).toEqual([
    'English',
    '中文',
    'Español',
    'Français',
    'Deutsch',
    '日本語',
    'Português',
    'Русский',
  ]);
  for (const [index, { value }] of suggestions.entries()) expect((await say(value)).language).toBe(LANGUAGES[index]);
});

it('every language is asked for by its name in every other', async () => {
  const say = shopper(shop.app, 'en');
  const wrong: string[] = [];
  for (const from of LANGUAGES) {
    for (const to of LANGUAGES) {
      await say(languageName(from, from));
      const name = languageName(to, from);
      if ((await say(name)).language !== to) wrong.push(`${from}: ${name}`);
    }
  }
  expect(wrong).toEqual([]);
});

it.each([
  ['en', 'do you speak Korean?', "I don't speak that one yet"],
  ['zh', '你会说韩语吗', '还不会说'],
  ['es', '¿hablas italiano?', 'todavía no lo hablo'],
])('%s: says of other languages that it does not speak them', async (locale, text, answer) => {
  const reply = await shopper(shop.app, locale)(text);
  expect(reply.text).toContain(answer);
  expect(reply.suggestions).toHaveLength(8);
});

it('goes on with what was found', async () => {
  const say = shopper(shop.app, 'en');
  await say('red mug');
  expect((await say('en español por favor')).text).toContain('¿Continuamos?');
  const refined = await say('hasta 50 euros');
  expect([refined.language, refined.cards.length]).toEqual(['es', 1]);
});

it('follows the page’s selector', async () => {
  const { assistant, conversations } = shop.app;
  const conversationId = 'test:selector';
  const send = async (text: string, locale?: string, kind: 'message' | 'opened' = 'message') => {
    const message = {
      channel: 'test',
      conversationId,
      userId: 'u',
      text,
      kind,
      hasAttachments: false,
      ...(locale && { locale }),
    };
    return (await assistant.handleTurn(message, new AbortController().signal))[0]?.language;
  };
  // Opened without a locale, the first message's is followed.
  expect(await send('', undefined, 'opened')).toBe('en');
  expect(await send('hm', 'fr-FR')).toBe('fr');
  expect(await send('red mug please', 'fr-FR')).toBe('en');
  expect(await send('show me the blue one', 'es-MX')).toBe('es');
  expect(conversations.load(conversationId).state).toMatchObject({ speaks: { chosen: true, locale: 'es' } });
});

it('greets in the locale that opens the conversation', async () => {
  const message = {
    channel: 'test',
    conversationId: 'test:opened',
    userId: 'u',
    text: '',
    locale: 'zh-CN',
    hasAttachments: false,
  } as const;
  const [greeting] = await shop.app.assistant.handleTurn({ ...message, kind: 'opened' }, new AbortController().signal);
  expect(greeting).toMatchObject({ language: 'zh', text: expect.stringContaining('您好') });
});

it('a wish that names a language is none', async () => {
  const say = shopper(shop.app, 'en');
  for (const text of ['German beer mug', 'Japanese tea cup', 'a Spanish guitar', 'french press']) {
    expect((await say(text)).language).toBe('en');
    expect(state()).not.toMatchObject({ speaks: { chosen: true } });
  }
});
