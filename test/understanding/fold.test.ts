import { cleanText, fold } from '../../src/understanding';

describe('fold', () => {
  it.each([
    ['Camión', 'camion'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['Rucksäcke', 'rucksacke'],
    ['Ёлка', 'елка'],
    ['Чайник', 'чайник'],
    ['カバン', 'かばん'],
    ['ﾘｭｯｸ', 'りゅっく'],
    ['Ｔシャツ', 'tしゃつ'],
    ['bœuf', 'boeuf'],
  ])('%s → %s', (text, folded) => expect(fold(text)).toBe(folded));
});

describe('cleanText', () => {
  it('keeps ordinary text of every language', () => {
    for (const text of ['red backpack', '红色背包', 'Крутой чайник', 'mochila añil'])
      expect(cleanText(text, 100)).toBe(text);
  });

  it('drops what only deceives', () => {
    expect(cleanText('a\u0000b\u202ec\u200bd', 100)).toBe('a bcd');
    expect(cleanText('x\ud800y', 100)).toBe('x y');
  });

  it('bounds piles of combining marks and length', () => {
    expect(cleanText(`e${'\u0301'.repeat(10_000)}`, 100_000)).toHaveLength(3);
    expect(cleanText('word '.repeat(300_000), 4_000).length).toBeLessThanOrEqual(4_000);
  });
});
