import { rmSync } from 'node:fs';
import { type App, type AppOverrides, createApp } from '../../src/app';
import { type ConversationState, forgetOtherVoice } from '../../src/dialog';
import {
  type Heard,
  type IncomingMessage,
  LANGUAGES,
  type MediaSource,
  type Reply,
  type TextEncoder,
  VitrineError,
  VOICE_FAULTS,
} from '../../src/domain';
import { ColorEncoder } from '../support/color-encoder';
import { temporaryConfig, withTemporaryApp } from '../support/data-dir';
import { filledShop, flatPicture } from '../support/photos';
import { ScriptedVoices } from '../support/voices';

let voices: ScriptedVoices;
beforeEach(() => {
  voices = new ScriptedVoices();
});

let conversations = 0;
function shopper(app: App, locale = 'en') {
  conversations += 1;
  const conversationId = `voice:${conversations}`;
  const keep = async (bytes: Buffer, contentType: string): Promise<MediaSource> => ({
    kind: 'stored',
    id: await app.attachments.put(conversationId, { bytes, contentType, name: 'file' }),
  });
  const send = async (more: Partial<IncomingMessage>): Promise<Reply> => {
    const message = { channel: 'test', conversationId, userId: 'u', text: '', locale, kind: 'message' as const };
    const [reply] = await app.assistant.handleTurn(
      { ...message, hasAttachments: false, ...more },
      new AbortController().signal,
    );
    if (!reply) throw new Error('no reply');
    return reply;
  };
  return {
    conversationId,
    send,
    say: async (...notes: readonly Buffer[]) =>
      send({ voices: await Promise.all(notes.map((note) => keep(note, 'audio/wav'))) }),
    note: (bytes: Buffer) => keep(bytes, 'audio/wav'),
    photo: (bytes: Buffer) => keep(bytes, 'image/webp'),
    write: (text: string) => send({ text }),
  };
}

const ids = ({ cards }: Reply) => cards.map(({ productId }) => productId);
const lines = ({ text }: Reply) => text.split('\n');
const inShop = (action: (app: App) => Promise<void>, overrides: AppOverrides = {}) =>
  withTemporaryApp(
    async (app) => {
      await filledShop(app);
      await action(app);
    },
    {
      imageEncoder: new ColorEncoder(),
      photoScreener: { refuses: async () => false },
      voiceReader: voices.reader,
      recogniser: voices.recogniser(),
      ...overrides,
    },
  );
const stateOf = (app: App, conversationId: string) => app.conversations.load(conversationId).state as ConversationState;

it('answers what was said as what was written, and says what it heard', async () => {
  const table: [says: string, confidence: number, key: string, first: string | undefined, sure: boolean][] = [
    ['red mug', 0.9, 'heard.sure', 'mug-red', true],
    ['blue backpack', 0.7, 'heard.sure', 'pack-blue', true],
    ['a mug in green', 0.69, 'heard.unsure', 'mug-green', false],
    ['yellow mug', 0.45, 'heard.unsure', 'mug-yellow', false],
    ['yellow mug', 0.44, 'heard.doubtful', undefined, false],
    ['yellow mug', Number.NaN, 'heard.doubtful', undefined, false],
  ];
  await inShop(async (app) => {
    for (const [text, confidence, key, first, sure] of table) {
      const reply = await shopper(app).say(voices.saying(text, confidence));
      expect([text, confidence, lines(reply)[0]]).toEqual([text, confidence, app.translator.text('en', key, { text })]);
      expect([text, ids(reply)[0]]).toEqual([text, first]);
      expect(reply.heard).toEqual({ text, sure });
    }
  });
});

it('asks where it is too unsure, and a tap on what it heard searches for that', async () => {
  await inShop(async (app) => {
    const { say, write, conversationId } = shopper(app, 'de');
    const asked = await say(voices.saying('roter Becher', 0.2));
    expect(asked.text).toBe(app.translator.text('de', 'heard.doubtful', { text: 'roter Becher' }));
    expect(asked.suggestions).toEqual([{ title: 'roter Becher', value: 'roter Becher' }]);
    expect(stateOf(app, conversationId).lastSearch).toBeUndefined();
    expect(ids(await write(asked.suggestions[0]?.value ?? ''))[0]).toBe('mug-red');
  });
});

it('knows set phrases that are spoken', async () => {
  await inShop(async (app) => {
    const { say } = shopper(app);
    const text = (key: string) => app.translator.text('en', key, { shop: 'Vitrine', hello: 'Hello!' });
    expect((await say(voices.saying('Hello.'))).text).toContain(text('greetingWithPhotoAndVoice'));
    expect((await say(voices.saying('help'))).text).toContain(text('help'));
    const first = await say(voices.saying('something red'));
    expect(ids(first)).toContain('mug-red');
    expect((await say(voices.saying('start over'))).text).toContain(text('startOver'));
    expect((await say(voices.saying('Show more!'))).text).toContain(text('empty'));
  });
});

it('joins several notes and what was typed, a photo and words into one query', async () => {
  await inShop(async (app) => {
    const { say, send, note, photo } = shopper(app);
    const two = await say(voices.saying('a mug'), voices.saying('in blue', 0.5));
    expect(ids(two)[0]).toBe('mug-blue');
    expect(two.heard).toEqual({ text: 'a mug in blue', sure: false });
    expect(voices.most).toBe(1);
    const typed = await send({ text: 'mug', voices: [await note(voices.saying('in green'))] });
    expect(ids(typed)[0]).toBe('mug-green');
    const seen = await send({
      text: 'something like this',
      voices: [await note(voices.saying('under 20 euros'))],
      photos: [await photo(await flatPicture('#c02020'))],
    });
    expect(ids(seen)[0]).toBe('mug-red');
    expect(ids(seen)).not.toContain('pack-red');
    expect(seen.text).toContain(app.translator.text('en', 'heard.sure', { text: 'under 20 euros' }));
    // What is said later refines the photo's search.
    expect((await say(voices.saying('in yellow'))).text).toMatch(/yellow.*20/);
  });
});

it('gives the recogniser the conversation’s language and the catalogue’s words, and answers in the one that was spoken', async () => {
  await inShop(async (app) => {
    const { say } = shopper(app, 'fr-CA');
    const reply = await say(voices.saying('roter Becher', 0.9, { language: 'de' }));
    expect(reply.language).toBe('de');
    expect(ids(reply)[0]).toBe('mug-red');
    await say(voices.saying('blauer Becher'));
    expect(voices.languages).toEqual(['fr', 'de']);
    expect(voices.words[0]).toEqual(expect.arrayContaining(['backpack', 'yellow']));
    expect(voices.words[1]).toBe(voices.words[0]);
  });
});

it.each([
  ['silent', { unreadable: new VitrineError('VOICE_SILENT', 'Nobody speaks.') }],
  ['unreadable', { unreadable: new VitrineError('VOICE_UNREADABLE', 'No recording.') }],
  ['tooLong', { unreadable: new VitrineError('VOICE_TOO_LONG', 'Too long.') }],
  ['failed', { unreadable: new VitrineError('VOICE_FAILED', 'The decoder failed.') }],
  ['failed', { unheard: new VitrineError('MODEL_MISSING', 'The model is missing.') }],
  ['failed', { unheard: new TypeError('a fault of ours') }],
  ['unclear', { heard: { text: ' \n', confidence: 0.9 } }],
] as const)(
  'answers kindly when a note is %s, and costs words or a photo beside it no answer',
  async (fault, script) => {
    await inShop(async (app) => {
      const faults: unknown[] = [];
      app.observer.current = { step: () => undefined, fault: (error) => void faults.push(error) };
      const { say, send, note, photo } = shopper(app, 'es');
      const told = app.translator.text('es', `voiceFault.${fault}`);
      const alone = await say(voices.note(script));
      expect(alone.text).toBe(told);
      expect(alone.suggestions.length).toBeGreaterThan(0);
      expect(alone.heard).toBeUndefined();
      expect(faults).toHaveLength(fault === 'failed' ? 1 : 0);
      const worded = await send({ text: 'taza roja', voices: [await note(voices.note(script))] });
      expect(lines(worded)[0]).toBe(told);
      expect(ids(worded)[0]).toBe('mug-red');
      const seen = await send({
        voices: [await note(voices.note(script))],
        photos: [await photo(await flatPicture('#1515c0'))],
      });
      expect(lines(seen)[0]).toBe(told);
      expect(ids(seen)[0]).toMatch(/-blue$/);
      const other = await say(voices.note(script), voices.saying('taza verde'));
      expect(other.text).toContain(told);
      expect(ids(other)[0]).toBe('mug-green');
    });
  },
);

it('has a kind answer for every fault in every language', () => {
  const config = temporaryConfig({ MODELS: 'none' });
  const { translator, close } = createApp(config);
  for (const language of LANGUAGES) {
    for (const fault of VOICE_FAULTS) {
      expect(translator.text(language, `voiceFault.${fault}`)).not.toContain('voiceFault');
    }
  }
  return close().finally(() => rmSync(config.DATA_DIR, { recursive: true, force: true }));
});

it('leaves doubtful words out beside a photo, and asks', async () => {
  await inShop(async (app) => {
    const { send, note, photo } = shopper(app);
    const reply = await send({
      voices: [await note(voices.saying('yellow', 0.1))],
      photos: [await photo(await flatPicture('#c02020'))],
    });
    expect(lines(reply)[0]).toBe(app.translator.text('en', 'heard.doubtful', { text: 'yellow' }));
    expect(reply.suggestions[0]).toEqual({ title: 'yellow', value: 'yellow' });
    expect(ids(reply)[0]).toMatch(/-red$/);
  });
});

it('uses a note in the conversation that it was sent in only, and none that is too large', async () => {
  await inShop(async (app) => {
    const own = await shopper(app).note(voices.saying('red mug'));
    const thief = shopper(app, 'ja');
    expect((await thief.send({ voices: [own] })).text).toBe(app.translator.text('ja', 'voiceFault.gone'));
    // One after the other would have the bot offer a person.
    const loud = shopper(app, 'ja');
    const large = await loud.note(Buffer.alloc(16 * 1024 * 1024 + 1));
    expect((await loud.send({ voices: [large] })).text).toBe(app.translator.text('ja', 'voiceFault.tooLong'));
    const link = { kind: 'link', url: 'http://169.254.169.254/note.ogg' } as const;
    expect((await shopper(app, 'ja').send({ voices: [link] })).text).toBe(app.translator.text('ja', 'voiceFault.gone'));
    expect(voices.heard).toBe(0);
  });
});

describe('the voice’s vector', () => {
  /** Texts lie at one end of a plane, voices anywhere: what retrieval is given shows what was fused. */
  const encoder = (space: string): TextEncoder => ({
    id: 'plane@1',
    space,
    dimensions: 2,
    maxBatch: 16,
    parallel: false,
    encode: async (texts) => texts.map(() => Float32Array.of(1, 0)),
  });
  const search = async (heard: Partial<Heard>, space: string | undefined) => {
    const asked: (readonly [vector: number[] | undefined, certainty: number | undefined])[] = [];
    await inShop(
      async (app) => {
        const real = app.retriever.search.bind(app.retriever);
        jest.spyOn(app.retriever, 'search').mockImplementation((request) => {
          asked.push([request.vector && [...request.vector], request.certainty]);
          return real(request);
        });
        const { say, write } = shopper(app);
        await say(voices.saying('something red', 0.5, heard));
        await write('show more');
        await write('red mug');
      },
      { encoder: encoder('plane'), recogniser: voices.recogniser(space) },
    );
    return asked;
  };

  it('is fused with the words’, again for "show more", and not with other words', async () => {
    const found = await search({ vector: Float32Array.of(0, 1) }, 'plane');
    // Each search may be looked through for a question, too.
    const [first, more, typed] = [found[0], found.findLast(([, certainty]) => certainty !== undefined), found.at(-1)];
    // 0.5 of the words, 0.5 of the voice.
    expect(first?.[0]?.[0]).toBeCloseTo(Math.SQRT1_2, 5);
    expect(first?.[0]?.[1]).toBeCloseTo(Math.SQRT1_2, 5);
    expect(first?.[1]).toBe(0.5);
    expect(more).toEqual(first);
    expect(typed).toEqual([[1, 0], undefined]);
  });

  it('is left out where it is of another space, or there is none', async () => {
    expect((await search({ vector: Float32Array.of(0, 1) }, 'elsewhere'))[0]).toEqual([[1, 0], 0.5]);
    expect((await search({}, 'plane'))[0]).toEqual([[1, 0], 0.5]);
  });

  it('is forgotten when another recogniser serves, the words are not', () => {
    const voice = { recogniser: 'a@1', confidence: 0.7, vector: 'AAAA' };
    const lastSearch = { text: 'red', language: 'en', shown: 6, voice } as const;
    const state = { version: 2, language: 'en', lastSearch } as const;
    expect(forgetOtherVoice(state, 'a@1')).toBe(state);
    const without = { ...state, lastSearch: { ...lastSearch, voice: { recogniser: 'a@1', confidence: 0.7 } } };
    expect(forgetOtherVoice(state, 'a@2')).toEqual(without);
    expect(forgetOtherVoice(state, undefined)).toEqual(without);
  });
});

it('remembers neither sound nor address of a note', async () => {
  await inShop(async (app) => {
    const { say, conversationId } = shopper(app);
    await say(voices.saying('red mug', 0.9, { vector: Float32Array.of(1) }));
    expect(stateOf(app, conversationId).lastSearch).toEqual({
      text: 'red mug',
      language: 'en',
      shown: expect.any(Number),
      voice: { recogniser: 'scripted@1', confidence: 0.9, vector: 'AACAPw==' },
    });
  });
});

it('times the steps, and says in the greeting that one can speak', async () => {
  await inShop(async (app) => {
    const steps: string[] = [];
    app.observer.current = { step: (name) => void steps.push(name), fault: () => undefined };
    const { say, write, send } = shopper(app, 'ru');
    await say(voices.saying('красная кружка'));
    expect(steps).toEqual(expect.arrayContaining(['voice_fetch', 'voice_read', 'voice_hear', 'search']));
    expect((await write('помощь')).text).toContain(app.translator.text('ru', 'heard.hint'));
    const opened = await send({ kind: 'opened' });
    expect(opened.text).toBe(
      app.translator.text('ru', 'greetingWithPhotoAndVoice', { shop: 'Vitrine', hello: 'Здравствуйте!' }),
    );
  });
});

it('says that notes cannot be heard where there is no recogniser', async () => {
  const config = temporaryConfig({ MODELS: 'none' });
  const app = createApp(config, { voiceReader: voices.reader });
  try {
    const { say, write } = shopper(app, 'zh');
    expect((await say(voices.saying('红色杯子'))).text).toBe(app.translator.text('zh', 'voiceFault.unsupported'));
    expect((await write('帮助')).text).not.toContain(app.translator.text('zh', 'heard.hint'));
  } finally {
    await app.close();
    rmSync(config.DATA_DIR, { recursive: true, force: true });
  }
});
