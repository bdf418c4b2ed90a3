import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import type { Language } from '../../src/domain';
import { GrammarCommands, loadCommands } from '../../src/understanding';

const commands = new GrammarCommands(loadCommands(join(packageRoot(), 'locales')));

/** What a message points at, and what is to be otherwise with it; undefined where it does neither. */
function changed(text: string, language: Language): string | undefined {
  const said = commands.recognise(text, language);
  if (said?.action !== 'similar') return undefined;
  const [reference] = said.references;
  const at = reference?.kind === 'position' ? `#${reference.at}` : reference?.kind;
  return said.change === undefined ? at : `${at} | ${said.change}`;
}

it.each<[Language, string, string | undefined]>([
  ['en', 'the first one but in green', '#1 | in green'],
  ['en', 'like the second but cheaper', '#2 | cheaper'],
  ['en', 'something like the third in cotton', '#3 | cotton'],
  ['en', 'the second one for kids', '#2 | kids'],
  ['en', 'the last one from Aurora', '#-1 | Aurora'],
  ['en', 'the same in M', 'pronoun | M'],
  ['en', 'more like the photo I sent', 'photo'],
  ['en', 'like my photo but in blue', 'photo | in blue'],
  ['en', 'backpack in green', undefined],
  ['en', 'in green', undefined],
  ['zh', '第一个但是要绿色的', '#1 | 绿色的'],
  ['zh', '跟第二个一样但是便宜一点', '#2 | 便宜一点'],
  ['zh', '像我发的照片但是要蓝色的', 'photo | 蓝色的'],
  ['zh', '绿色的双肩包', undefined],
  ['es', 'la primera pero en verde', '#1 | en verde'],
  ['es', 'como el segundo pero más barato', '#2 | más barato'],
  ['es', 'el mismo en M', 'pronoun | M'],
  ['es', 'como mi foto pero en azul', 'photo | en azul'],
  ['es', 'mochila en verde', undefined],
  ['fr', 'le premier mais en vert', '#1 | en vert'],
  ['fr', 'comme le deuxième mais moins cher', '#2 | moins cher'],
  ['fr', 'le même en M', 'pronoun | M'],
  ['fr', 'comme ma photo mais en bleu', 'photo | en bleu'],
  ['de', 'der erste, aber in grün', '#1 | in grün'],
  ['de', 'so was wie der zweite, nur billiger', '#2 | billiger'],
  ['de', 'dasselbe in M', 'pronoun | M'],
  ['de', 'wie auf meinem Foto, aber in blau', 'photo | in blau'],
  ['ja', '1番目のだけど緑で', '#1 | 緑で'],
  ['ja', '2番目みたいなのでもっと安いの', '#2 | もっと安いの'],
  ['ja', '写真みたいなので青いの', 'photo | 青いの'],
  ['pt', 'o primeiro mas em verde', '#1 | em verde'],
  ['pt', 'como o segundo só que mais barato', '#2 | mais barato'],
  ['pt', 'o mesmo em M', 'pronoun | M'],
  ['pt', 'como a minha foto mas em azul', 'photo | em azul'],
  ['ru', 'первый, но в зелёном цвете', '#1 | в зелёном цвете'],
  ['ru', 'как второй, но дешевле', '#2 | дешевле'],
  ['ru', 'такой же в M', 'pronoun | M'],
  ['ru', 'как на моём фото, но синий', 'photo | синий'],
])('%s: “%s”', (language, says, expected) => {
  expect(changed(says, language)).toBe(expected);
});
