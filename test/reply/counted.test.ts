import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES } from '../../src/domain';
import { Translator } from '../../src/reply';
import { countedShares } from '../../src/reply/counted';

const translator = new Translator(join(packageRoot(), 'locales'), ['reply']);

it('tells the shares, the most first, and takes what was understood of the words for words', () => {
  const shares = { words: 0.1, photo: 0.5, attributes: 0.2, history: 0.2 };
  expect(countedShares(shares, 'en', translator)).toEqual({
    title: 'What counted',
    text: 'counted: your photo 50%, your words 30%, what you like 20%',
    parts: [
      { label: 'your photo', share: 0.5, text: '50%' },
      { label: 'your words', share: expect.closeTo(0.3, 10), text: '30%' },
      { label: 'what you like', share: 0.2, text: '20%' },
    ],
  });
});

it.each([{}, { photo: 1 }, { words: 0.6, attributes: 0.4 }, { photo: 0.998, history: 0.002 }])(
  'says nothing where only one modality counted: %j',
  (shares) => {
    expect(countedShares(shares, 'en', translator)).toBeUndefined();
  },
);

it.each(LANGUAGES)('names every modality in %s', (language) => {
  const told = countedShares({ words: 0.4, photo: 0.3, voice: 0.2, history: 0.1 }, language, translator);
  expect(new Set(told?.parts.map(({ label }) => label)).size).toBe(4);
  expect([told?.title, told?.text].join()).not.toMatch(/counted\.|\{\{/);
  for (const { label, text } of told?.parts ?? []) expect(told?.text).toContain(`${label} ${text}`);
});
