import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FLOWS } from '../../dialogs';
import { type App, createApp } from '../../src/app';
import type { CardAction, IncomingMessage, Reply } from '../../src/domain';
import { ColorEncoder } from '../support/color-encoder';
import { temporaryConfig } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';

const SPOKEN = ['en', 'zh', 'es'] as const;
type Spoken = (typeof SPOKEN)[number];

const config = temporaryConfig({ MODELS: 'none' });
let app: App;
beforeAll(async () => {
  app = createApp(config, { imageEncoder: new ColorEncoder(), photoScreener: { refuses: async () => false } });
  await filledShop(app);
});
afterAll(async () => {
  await app.close();
  rmSync(config.DATA_DIR, { recursive: true, force: true });
});
afterEach(() => jest.restoreAllMocks());

/** Words, a button of a card, or a photo. */
type Says = string | CardAction | 'PHOTO';
/** What is said before, and then what the flow is given and a part of what it answers; its cards' number counts, too. */
interface Talk {
  readonly first?: readonly Says[];
  readonly rows: readonly (readonly [says: Says, expects: string | number])[];
}

const tap = (name: CardAction['name'], productId = 'mug-red'): CardAction => ({ name, productId });

/** A table of [says, expects] for each flow that has no suite of its own. */
const TABLES: Readonly<Record<string, Readonly<Record<Spoken, Talk>>>> = {
  'take-back': {
    en: { first: ['mug under 5 €'], rows: [['any price', 4]] },
    zh: { first: ['5欧元以下的杯子'], rows: [['不限价格', 4]] },
    es: { first: ['taza por menos de 5 €'], rows: [['cualquier precio', 4]] },
  },
  compare: {
    en: {
      first: ['mug'],
      rows: [
        ['compare 1 and 2', 'Mug'],
        ['compare 1 and 9', 'fewer than that'],
      ],
    },
    zh: {
      first: ['杯子'],
      rows: [
        ['比较1和2', 'Mug'],
        ['比较1和9', '只展示了 4 件'],
      ],
    },
    es: {
      first: ['taza'],
      rows: [
        ['compara 1 y 2', 'Mug'],
        ['compara 1 y 9', 'solo 4'],
      ],
    },
  },
  consent: {
    en: {
      first: ['for you'],
      rows: [
        ['no', 6],
        ['remember what I like', 'From now on I remember'],
        ['what do you know about me', 'allowed me'],
        ['forget me', 'I have erased'],
      ],
    },
    zh: {
      first: ['为我推荐'],
      rows: [
        ['不用', 6],
        ['记住我的喜好', '我会记住您的喜好'],
        ['你知道我什么', '您已允许我'],
        ['忘记我', '删除'],
      ],
    },
    es: {
      first: ['para mí'],
      rows: [
        ['no', 6],
        ['recuerda lo que me gusta', 'A partir de ahora'],
        ['qué sabes de mí', 'Me has permitido'],
        ['olvídame', 'borrado'],
      ],
    },
  },
  find: {
    en: {
      rows: [
        ['red mug', 'mugs, red'],
        ['qzxwv jkvbq', 'I found nothing'],
      ],
    },
    zh: {
      rows: [
        ['红色杯子', '红'],
        ['龘靐齉爩', '没有找到'],
      ],
    },
    es: {
      rows: [
        ['taza roja', 'tazas, rojo'],
        ['qzxwv jkvbq', 'no encontré nada'],
      ],
    },
  },
  fact: {
    en: { first: ['mug', '1'], rows: [['what is it made of?', 'Mug']] },
    zh: { first: ['杯子', '1'], rows: [['是什么材质的', 'Mug']] },
    es: { first: ['taza', '1'], rows: [['¿de qué está hecho?', 'Mug']] },
  },
  'for-you': {
    en: { first: ['remember what I like', tap('details')], rows: [['for you', 'know your taste yet']] },
    zh: { first: ['记住我的喜好', tap('details')], rows: [['为我推荐', '还不了解您的喜好']] },
    es: { first: ['recuerda lo que me gusta', tap('details')], rows: [['para mí', 'no conozco tus gustos']] },
  },
  'goes-with': {
    en: {
      rows: [
        ['what goes with it', 'Which product do you mean?'],
        [tap('goesWith', 'none'), 'no longer in the shop'],
      ],
    },
    zh: {
      rows: [
        ['搭配什么好', '您指的是哪件商品'],
        [tap('goesWith', 'none'), '已经下架'],
      ],
    },
    es: {
      rows: [
        ['con qué combina', '¿A qué producto te refieres?'],
        [tap('goesWith', 'none'), 'ya no está'],
      ],
    },
  },
  'let-go': {
    en: {
      first: ['mug', 'add it to my basket'],
      rows: [
        ['yes', 'which product you mean'],
        ['no', 'What else may I do'],
      ],
    },
    zh: {
      first: ['杯子', '加入购物车'],
      rows: [
        ['好的', '哪件商品'],
        ['不用', '好的'],
      ],
    },
    es: {
      first: ['taza', 'al carrito'],
      rows: [
        ['sí', 'qué producto'],
        ['no', 'De acuerdo'],
      ],
    },
  },
  like: {
    en: {
      rows: [
        [tap('like'), 'May I remember'],
        [tap('like'), 'Good choice!'],
        [tap('unlike'), 'taken the like back'],
      ],
    },
    zh: {
      rows: [
        [tap('like'), '可以让我记住'],
        [tap('like'), '有眼光'],
        [tap('unlike'), '已取消喜欢'],
      ],
    },
    es: {
      rows: [
        [tap('like'), '¿Puedo recordar'],
        [tap('like'), 'Buena elección'],
        [tap('unlike'), 'he quitado'],
      ],
    },
  },
  likes: {
    en: { rows: [['show my favourites', 'I keep no likes']] },
    zh: { rows: [['我的收藏', '您还没有允许我']] },
    es: { rows: [['mis favoritos', 'No guardo tus favoritos']] },
  },
  more: {
    en: {
      first: ['mug'],
      rows: [
        ['show more', 'That is all I found'],
        ['start over', 'from the start'],
        ['show more', 'What are you looking for?'],
      ],
    },
    zh: {
      first: ['杯子'],
      rows: [
        ['更多', '就找到这些了'],
        ['重新开始', '我们重新开始'],
        ['更多', '您想找什么'],
      ],
    },
    es: {
      first: ['taza'],
      rows: [
        ['muestra más', 'Eso es todo'],
        ['empezar de nuevo', 'empecemos de nuevo'],
        ['muestra más', '¿Qué estás buscando?'],
      ],
    },
  },
  photo: {
    en: { rows: [['PHOTO', 'your photo']] },
    zh: { rows: [['PHOTO', '照片']] },
    es: { rows: [['PHOTO', 'foto']] },
  },
  pick: {
    en: {
      first: ['mug'],
      rows: [
        ['the second one', 'Mug green'],
        ['tell me more about it', 'Mug green'],
        ['something like it', 'Similar to Mug'],
      ],
    },
    zh: {
      first: ['杯子'],
      rows: [
        ['第二个', 'Mug green'],
        ['介绍一下它', 'Mug green'],
        ['和它类似的', '相似的有'],
      ],
    },
    es: {
      first: ['taza'],
      rows: [
        ['el segundo', 'Mug green'],
        ['cuéntame más', 'Mug green'],
        ['algo parecido a este', 'Parecidos a Mug'],
      ],
    },
  },
  'small-talk': {
    en: {
      rows: [
        ['hello', 'assistant'],
        ['help', 'Write what you want'],
        ['thanks', 'welcome'],
        ['bye', 'Goodbye'],
      ],
    },
    zh: {
      rows: [
        ['你好', '助手'],
        ['帮助', '用您自己的话'],
        ['谢谢', '不客气'],
        ['再见', '再见'],
      ],
    },
    es: {
      rows: [
        ['hola', 'asistente'],
        ['ayuda', 'Escribe'],
        ['gracias', 'De nada'],
        ['adiós', 'Hasta pronto'],
      ],
    },
  },
  undo: {
    en: {
      rows: [['go back', 'nothing to go back to']],
    },
    zh: { rows: [['返回', '没有可以返回的步骤']] },
    es: { rows: [['atrás', 'No hay nada a lo que volver']] },
  },
  voice: {
    en: { rows: [['VOICE', 'Voice notes']] },
    zh: { rows: [['VOICE', '语音']] },
    es: { rows: [['VOICE', 'voz']] },
  },
};

let shoppers = 0;
function newcomer(locale: Spoken) {
  shoppers += 1;
  const conversationId = `table:${shoppers}`;
  return async (says: Says): Promise<Reply> => {
    const base = { channel: 'test', conversationId, userId: `table-${shoppers}`, kind: 'message', locale } as const;
    const sent = { ...base, text: typeof says === 'string' ? says : says.name, hasAttachments: false };
    const file = async (bytes: Buffer, contentType: string) => {
      const id = await app.attachments.put(conversationId, { bytes, contentType, name: 'file' });
      return [{ kind: 'stored' as const, id }];
    };
    let message: IncomingMessage = typeof says === 'string' ? sent : { ...sent, action: says };
    if (says === 'PHOTO')
      message = { ...sent, text: '', photos: await file(await flatPicture('#c02020'), 'image/webp') };
    if (says === 'VOICE') message = { ...sent, text: '', voices: await file(Buffer.alloc(64), 'audio/wav') };
    const [reply] = await app.assistant.handleTurn(message, new AbortController().signal);
    if (!reply) throw new Error('no reply');
    return reply;
  };
}

const CASES = Object.entries(TABLES).flatMap(([id, talks]) =>
  SPOKEN.map((language) => [id, language, talks[language]] as const),
);

it.each(CASES)('%s, %s', async (id, language, { first = [], rows }) => {
  const flow = FLOWS.find((each) => each.id === id);
  if (!flow) throw new Error('no such flow');
  const say = newcomer(language);
  for (const says of first) await say(says);
  const run = jest.spyOn(flow, 'run');
  for (const [says, expects] of rows) {
    const { text, cards, table } = await say(says);
    const said =
      typeof expects === 'number' ? cards.length : [text, table?.caption, ...(table?.columns ?? [])].join('\n');
    expect([says, said]).toEqual([says, typeof expects === 'number' ? expects : expect.stringContaining(expects)]);
  }
  expect(run).toHaveBeenCalledTimes(rows.length);
});

it.each(FLOWS.map(({ id }) => id))(
  '%s has a table in at least three languages: here, or in a suite of its name',
  (id) => {
    if (TABLES[id]) return;
    const suite = join(__dirname, `${id}.test.ts`);
    expect([suite, existsSync(suite)]).toEqual([suite, true]);
    const text = readFileSync(suite, 'utf8');
    for (const language of SPOKEN)
      expect(text).toMatch(new RegExp(`\\['${language}',|^ +'${language}',|\\b${language}: `, 'm'));
  },
);
