import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/config';
import { createMessageTranslator, modelCatalogue } from '../../../src/encoders';
import { joinSentences, sentencesOf } from '../../../src/encoders/translation/sentences';
import { TinyTranslator } from '../../support/translator';

let tiny: TinyTranslator;
const opened: { close(): Promise<void> }[] = [];
beforeAll(() => {
  tiny = new TinyTranslator();
});
afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()));
  tiny.remove();
});
function open(...limits: Parameters<TinyTranslator['open']>) {
  const translator = tiny.open(...limits);
  opened.push(translator);
  return translator;
}

// What runs in the worker is what "tsc -p tsconfig.json" compiles.
it('translates sentence by sentence, both ways, and lines stay lines', async () => {
  const translator = open();
  const enDe = { from: 'en', to: 'de' } as const;
  expect(await translator.translate('hello red cup please', enDe)).toBe('hallo rote Tasse bitte');
  expect(await translator.translate('hello. red cup!\n\ncup please', enDe)).toBe('hallo. rote Tasse!\n\nTasse bitte');
  expect(await translator.translate('hallo Tasse', { from: 'de', to: 'en' })).toBe('hello cup');
  expect(await translator.translate('red cup', { from: 'en', to: 'zh' })).toBe('红色杯子');
  expect(await translator.translate('', enDe)).toBe('');
  // The model knows three languages.
  await expect(translator.translate('red cup', { from: 'en', to: 'fr' })).rejects.toMatchObject({
    code: 'TRANSLATION_FAILED',
  });
  expect(await translator.translate('red cup', enDe)).toBe('rote Tasse');
});

it('fails when it is too slow, when it is given up, and when its files are wrong or missing; then it tries anew', async () => {
  const text = 'red cup. '.repeat(400);
  const languages = { from: 'en', to: 'de' } as const;
  await expect(open({ deadline: 1 }).translate(text, languages)).rejects.toMatchObject({ code: 'TRANSLATION_FAILED' });
  const translator = open();
  const signal = AbortSignal.timeout(1);
  await expect(translator.translate(text, { ...languages, signal })).rejects.toMatchObject({
    code: 'TRANSLATION_FAILED',
  });
  const file = join(tiny.folder, 'tokenizer.json');
  appendFileSync(file, ' ');
  await expect(open().translate('red', languages)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
  rmSync(file);
  await expect(open().translate('red', languages)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
});

it('is off unless a setting says otherwise, and its model is pulled only by name', () => {
  expect(createMessageTranslator({ ...tiny.settings, TRANSLATION: 'off' })).toBeUndefined();
  const catalogue = modelCatalogue({ MODELS: 'hub', MODELS_DIR: join(packageRoot(), 'models'), MODELS_CACHE: 'none' });
  expect(catalogue.translationModel()?.entry).toMatchObject({ id: 'm2m100-418m', licence: 'MIT', optional: true });
  expect(catalogue.neededFromHub().map(({ entry }) => entry.kind)).not.toContain('translation');
});

it('cuts what no model takes, and no character in two', () => {
  const words = Array.from({ length: 200 }, (_, i) => `word${i}`).join(' ');
  const [pieces = []] = sentencesOf(words, 'en');
  expect(pieces.length).toBeGreaterThan(2);
  expect(joinSentences([pieces], 'en')).toBe(words);
  const [signs = []] = sentencesOf('😀'.repeat(500), 'zh');
  expect(signs.every((piece) => piece.length <= 400 && piece.isWellFormed())).toBe(true);
  expect(joinSentences([signs], 'zh')).toBe('😀'.repeat(500));
});
