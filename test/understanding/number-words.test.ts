import { findNumberWords } from '../../src/understanding/number-words';

it('finds German and Russian numbers in words', () => {
  const table: [language: 'de' | 'ru' | 'en', text: string, values: number[]][] = [
    ['de', 'unter fünfzehn Euro', [15]],
    ['de', 'zwischen zwanzig und fünfunddreißig Euro', [20, 35]],
    ['de', 'höchstens zweihundertfünfzig', [250]],
    ['de', 'Hundert oder tausend, eintausendzweihundert', [100, 1_000, 1_200]],
    ['de', 'hundertundeins', [101]],
    // An article, and words that only look like numbers.
    ['de', 'ein Rucksack unter ein paar Euro', []],
    ['de', 'Hundertwasser, Hundefutter, wunderbar und rund, Achtung', []],
    ['ru', 'до пятисот евро', [500]],
    ['ru', 'от двадцати пяти до трёхсот сорока евро', [25, 340]],
    ['ru', 'две тысячи пятьсот двадцать один рубль', [2_521]],
    ['ru', 'тысяча двести', [1_200]],
    // Not one number: five does not follow six, nor a comma.
    ['ru', 'шесть пять', [6, 5]],
    ['ru', 'двадцать, пять', [20, 5]],
    ['ru', 'один стол на стопку', []],
    ['en', 'fifteen', []],
  ];
  for (const [language, text, values] of table) {
    const found = findNumberWords(text, language);
    expect({ text, values: found.map(({ value }) => value) }).toEqual({ text, values });
  }
  const [number] = findNumberWords('от двадцати пяти евро', 'ru');
  expect('от двадцати пяти евро'.slice(number?.start, number?.end)).toBe('двадцати пяти');
});
