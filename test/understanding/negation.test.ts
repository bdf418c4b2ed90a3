import type { Language } from '../../src/domain';
import { parse } from '../support/parse';

it.each<[Language, string, string]>([
  ['en', 'not red, rather blue', 'blue !red'],
  ['en', 'no, blue', 'blue'],
  ['en', 'no red, green or blue', '!red !green !blue'],
  ['en', 'neither red nor green', '!red !green'],
  ['en', 'instead of green I want purple', 'purple !green'],
  ['en', 'no leather bags', '!leather'],
  ['en', 'no leather\nblue', 'blue !leather'],
  ['zh', '不要红色和绿色', '!red !green'],
  ['zh', '不要红、绿', '!red !green'],
  ['es', 'ni rojo ni verde, mejor azul', 'blue !red !green'],
  ['es', 'en azul no, verde', 'green !blue'],
  ['fr', 'ni rouge ni vert', '!red !green'],
  ['fr', 'pas rouge ni vert, plutôt bleu', 'blue !red !green'],
  ['de', 'rot nicht, lieber blau', 'blue !red'],
  ['de', 'weder rot noch grün', '!red !green'],
  ['de', 'kein Leder oder Wildleder', '!leather !suede'],
  ['ja', '赤か青じゃない', '!red !blue'],
  ['ja', '黒じゃなくて白', 'white !black'],
  ['pt', 'nem vermelho nem azul, prefiro verde', 'green !red !blue'],
  ['ru', 'не красный, а синий', 'blue !red'],
  ['ru', 'ни красный, ни синий', '!red !blue'],
  // Who asks whether there is none asks for it.
  ['fr', 'du bleu ça existe pas ?', 'blue'],
  ['fr', 'du bleu ça existe pas', '!blue'],
  ['es', '¿azul no tienen?', 'blue'],
  ['pt', 'tem preta não?', 'black'],
])('%s: “%s” asks for %s', (language, text, expected) => {
  const { wanted, unwanted } = parse(text, language);
  const said = [...wanted.colors, ...wanted.materials];
  expect([...said, ...[...unwanted.colors, ...unwanted.materials].map((value) => `!${value}`)].join(' ')).toBe(
    expected,
  );
});
