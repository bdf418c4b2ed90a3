import { isOneEditApart, TypoIndex } from '../../src/domain';

describe('typos', () => {
  it.each([
    ['backpack', 'bakpack', true],
    ['backpack', 'backpaks', false],
    ['guitar', 'guitra', true],
    ['guitar', 'giutar', true],
    ['guitar', 'guitarr', true],
    ['guitar', 'quitar', true],
    ['guitar', 'guitar', false],
    ['ab', 'ba', true],
    ['abcd', 'badc', false],
  ])('%s and %s', (a, b, expected) => {
    expect(isOneEditApart(a, b)).toBe(expected);
    expect(isOneEditApart(b, a)).toBe(expected);
  });

  it('finds neighbours, those with the same first letter first', () => {
    const index = new TypoIndex();
    for (const word of ['lamp', 'camp', 'clamp', 'table']) index.add(word);
    expect(index.near('lamb')).toEqual(['lamp']);
    expect(index.near('clap')).toEqual(['clamp']);
    expect(index.near('damp')).toEqual(['camp', 'lamp']);
    expect(index.near('cam')).toEqual([]);
  });
});
