import { spokenParts, voiceFor } from '../../src/web/chat/aloud/spoken';

const bag = { title: 'Fjord backpack', price: '€89.00' };

it('reads the text, then titles and prices of cards', () => {
  expect(spokenParts('Here is what I found:', [bag, { title: 'Mug', price: '' }], 'en')).toEqual([
    'Here is what I found:',
    'Fjord backpack, €89.00',
    'Mug',
  ]);
});

it('says of a paid place that it is one, before its product', () => {
  expect(spokenParts('', [{ ...bag, sponsored: 'Sponsored' }], 'en')).toEqual(['Sponsored, Fjord backpack, €89.00']);
});

it('says nothing where there is nothing', () => {
  expect(spokenParts(' \n ', [{ title: '', price: '' }], 'en')).toEqual([]);
});

it('cuts long texts at sentences, and longer sentences at words', () => {
  const sentence = 'This is a sentence of which there are many. ';
  const long = spokenParts(sentence.repeat(12) + 'word '.repeat(90), [], 'en');
  expect(long.every((part) => part.length <= 200)).toBe(true);
  expect(long[0]?.endsWith('.')).toBe(true);
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  expect(words(long.join(' '))).toEqual(words(sentence.repeat(12) + 'word '.repeat(90)));
});

it('cuts what has no spaces, and loses no letter', () => {
  const parts = spokenParts('吉他'.repeat(150), [], 'zh-CN');
  expect(parts.join('')).toBe('吉他'.repeat(150));
  expect(parts.every((part) => part.length <= 200)).toBe(true);
});

it('takes a locale that is none', () => {
  expect(spokenParts('Hello.', [], 'not a locale')).toEqual(['Hello.']);
});

describe('the voice', () => {
  const voice = (lang: string, isDefault = false) => ({ lang, default: isDefault });

  it.each([
    ['de-AT', [voice('en-US'), voice('de-DE'), voice('de-AT')], 'de-AT'],
    ['de', [voice('en-US', true), voice('de-DE')], 'de-DE'],
    ['pt-BR', [voice('pt-PT'), voice('pt_BR')], 'pt_BR'],
    ['en', [voice('en-GB'), voice('en-US', true)], 'en-US'],
    ['es', [voice('est')], undefined],
    ['ja', [], undefined],
  ])('for %s', (locale, voices, chosen) => {
    expect(voiceFor(voices, locale)?.lang).toBe(chosen);
  });
});
