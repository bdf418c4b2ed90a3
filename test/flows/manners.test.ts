import { nameIn } from '../../src/domain';
import { mugShop } from './support/mug-shop';
import { lastConversation, shopper } from './support/shopper';

const now = Date.UTC(2026, 10, 27, 12);
const shop = mugShop(() => now);
const state = () => shop.app.conversations.load(lastConversation()).state as Record<string, unknown>;

/** What is said one after the other, and a part of what the answer says, by the channel's locale. */
const TALKS: readonly [string, string, readonly [string, string][]][] = [
  [
    'en, small talk that varies and comes back to the shop',
    'en',
    [
      ['hi', 'Hello! I am the shopping assistant'],
      ['hello', 'Hello again!'],
      ['how are you?', 'All is well'],
      ['how are you today', 'Ready for your next wish'],
      ['are you a bot or a human?', 'a program, not a person'],
      ["what's your name?", 'A bot, honestly'],
      ['you are great', 'how kind'],
      ['tell me a joke', 'around this shop'],
      ['red mug', 'red'],
      ['thanks', 'You are welcome!'],
      ['thank you', 'With pleasure'],
      ['bye', 'Goodbye'],
      ['bye', 'Take care'],
    ],
  ],
  [
    'zh',
    'zh',
    [
      ['你好', '您好！我是'],
      ['你好吗？', '我很好'],
      ['你是机器人吗', '不是真人'],
      ['你真棒', '谢谢夸奖'],
      ['讲个笑话', '只熟悉这家店'],
      ['谢谢', '不客气'],
      ['再见', '再见'],
    ],
  ],
  [
    'es',
    'es',
    [
      ['hola', '¡Hola! Soy el asistente'],
      ['¿cómo estás?', '¡Muy bien, gracias!'],
      ['¿eres un robot?', 'no una persona'],
      ['¿quién eres?', 'La verdad, un bot'],
      ['eres genial', 'qué amable'],
      ['cuéntame un chiste', 'esta tienda'],
      ['gracias', '¡De nada!'],
      ['adiós', '¡Hasta pronto!'],
    ],
  ],
  [
    'fr',
    'fr',
    [
      ['ça va ?', 'Très bien, merci'],
      ['tu es un robot ?', 'pas une personne'],
      ['raconte-moi une blague', 'boutique'],
    ],
  ],
  [
    'de',
    'de',
    [
      ['wie geht’s?', 'Alles bestens'],
      ['bist du ein Mensch?', 'kein Mensch'],
      ['erzähl mir einen Witz', 'in diesem Shop'],
    ],
  ],
  [
    'ja',
    'ja',
    [
      ['元気ですか', '元気です'],
      ['あなたはロボットですか？', '人ではなくプログラム'],
      ['冗談を言って', 'このお店'],
    ],
  ],
  [
    'pt',
    'pt',
    [
      ['tudo bem?', 'Tudo bem, obrigado'],
      ['você é um robô?', 'não uma pessoa'],
      ['conta uma piada', 'esta loja'],
    ],
  ],
  [
    'ru',
    'ru',
    [
      ['как дела?', 'Всё хорошо'],
      ['ты робот?', 'а не человек'],
      ['расскажи анекдот', 'в этом магазине'],
    ],
  ],
  [
    'en, a name is taken up and used at the beginning and the end',
    'en',
    [
      ['my name is Ana', 'Nice to meet you, Ana!'],
      ['red mug', 'red'],
      ['hi', 'Hello, Ana!'],
      ['what do you know about me', 'I call you Ana.'],
      ['bye', 'Goodbye, Ana'],
    ],
  ],
  [
    'zh, a name',
    'zh',
    [
      ['你好，我叫小明', '小明，很高兴认识您'],
      ['再见', '小明，再见'],
    ],
  ],
  [
    'es, a name',
    'es',
    [
      ['Hola, me llamo Ana García', '¡Encantado, Ana García!'],
      ['adiós', '¡Hasta pronto, Ana!'],
    ],
  ],
  ['ja, a name', 'ja', [['私の名前はアナです', 'アナさん、はじめまして']]],
  ['ru, a name', 'ru', [['меня зовут Анна', 'Приятно познакомиться, Анна']]],
];

it.each(TALKS)('%s', async (_name, locale, talk) => {
  const say = shopper(shop.app, locale);
  for (const [text, answer] of talk)
    expect([text, (await say(text)).text]).toEqual([text, expect.stringContaining(answer)]);
});

it('forgets the name with everything else', async () => {
  const say = shopper(shop.app, 'en');
  await say('my name is Ana');
  expect(state()).toMatchObject({ courtesy: { name: 'Ana' } });
  await say('forget me');
  expect(JSON.stringify(state())).not.toContain('Ana');
});

/** Two insults in a row, what the first is answered, and how a person is offered. */
const INSULTS: readonly [string, string, string, string, string][] = [
  ['en', 'you stupid bot', 'idiot', "I'm sorry", 'Shall I get a person'],
  ['zh', '你这个笨蛋', '闭嘴', '很抱歉', '转接人工'],
  ['es', 'eres idiota', 'cállate', 'Siento que', 'avise a una persona'],
  ['fr', 'tu es nul', 'ta gueule', 'désolé', 'appelle une personne'],
  ['de', 'du bist dumm', 'halt die Klappe', 'tut mir leid', 'einen Menschen dazuholen'],
  ['ja', '馬鹿', 'うるさい', '申し訳ありません', '担当者におつなぎ'],
  ['pt', 'você é burro', 'cala a boca', 'Sinto muito', 'chame uma pessoa'],
  ['ru', 'ты тупой', 'заткнись', 'Жаль', 'Позвать человека'],
];

it.each(INSULTS)(
  '%s: stays calm, and offers a person by the second insult in a row',
  async (locale, one, two, calm, offer) => {
    const say = shopper(shop.app, locale);
    expect((await say(one)).text).toContain(calm);
    expect((await say(locale === 'zh' ? '红色马克杯' : 'mug')).text).not.toContain(offer);
    const again = await say(one);
    expect(again.text).not.toContain(offer);
    const offered = await say(two);
    expect(offered.text).toContain(offer);
    expect(offered.suggestions).toHaveLength(2);
  },
);

/** Wishes and answers that are no manners. */
it.each([
  'robot toy',
  'stupid little mug',
  'trash can',
  'I am looking for a name plate',
  'french press',
  'qué va',
  'ロボット',
  'мусорное ведро',
])('%s is a wish', async (text) => {
  const say = shopper(shop.app, 'en');
  await say(text);
  expect(state()).not.toHaveProperty('courtesy');
});

it.each([
  ['Ana García', 'Ana García'],
  ['小明', '小明'],
  ["Sinéad O'Connor", "Sinéad O'Connor"],
  ['User', undefined],
  ['dl_1234', undefined],
  ['ana@example.com', undefined],
  ['Guest', undefined],
  ['{{name}}', undefined],
  ['', undefined],
])('a channel’s name %s is %s', (text, name) => expect(nameIn(text)).toBe(name));
