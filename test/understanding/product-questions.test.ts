import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES, type Language } from '../../src/domain';
import { Translator } from '../../src/reply';
import { GrammarCommands, loadCommands } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const commands = new GrammarCommands(loadCommands(LOCALES));

/** "stock pronoun in M": the action, what it points at, and the variant. */
function brief(text: string, language: Language): string | undefined {
  const command = commands.recognise(text, language);
  if (!command) return undefined;
  const pointed = command.references.map((each) => (each.kind === 'position' ? `#${each.at}` : each.kind));
  return [command.action, ...pointed, ...(command.variant === undefined ? [] : [`in ${command.variant}`])].join(' ');
}

it.each<[Language, string, string]>([
  ['en', 'what do reviewers say about it?', 'reviews pronoun'],
  ['en', 'reviews of the second', 'reviews #2'],
  ['en', 'any bad reviews', 'reviews'],
  ['en', 'is it any good according to buyers?', 'reviews pronoun'],
  ['en', 'is it in stock?', 'stock pronoun'],
  ['en', 'is the first still available', 'stock #1'],
  ['en', 'do you have it in blue', 'stock pronoun in blue'],
  ['en', 'is it available in size M?', 'stock pronoun in M'],
  ['en', 'how many are left?', 'stock'],
  ['en', 'which sizes are there?', 'sizes'],
  ['en', 'what sizes does the second one come in', 'sizes #2'],
  ['en', 'what colours does it come in', 'colors pronoun'],
  ['en', 'what is it made of?', 'material pronoun'],
  ['en', 'something instead of it', 'substitutes pronoun'],
  ['en', 'what can I get instead', 'substitutes'],
  ['en', 'any alternative to the first', 'substitutes #1'],
  ['zh', '大家怎么评价这个', 'reviews pronoun'],
  ['zh', '第二个的评价怎么样', 'reviews #2'],
  ['zh', '买过的人咋说', 'reviews'],
  ['zh', '几颗星啊', 'reviews'],
  ['zh', '这个有货吗？', 'stock pronoun'],
  ['zh', '第一个还有货吗', 'stock #1'],
  ['zh', '这个有M码吗', 'stock pronoun in M'],
  ['zh', '这个有红色的吗', 'stock pronoun in 红色'],
  ['zh', '有什么尺码？', 'sizes'],
  ['zh', '这个有哪些尺码', 'sizes pronoun'],
  ['zh', '第二个有什么颜色', 'colors #2'],
  ['zh', '这个是什么材质的？', 'material pronoun'],
  ['zh', '有替代品吗', 'substitutes'],
  ['zh', '有什么可以代替这个', 'substitutes pronoun'],
  ['es', '¿qué dicen los clientes sobre este?', 'reviews pronoun'],
  ['es', 'opiniones del segundo', 'reviews #2'],
  ['es', 'qué opina la gente', 'reviews'],
  ['es', '¿está disponible?', 'stock'],
  ['es', '¿está el primero en stock?', 'stock #1'],
  ['es', '¿lo tienes en azul?', 'stock in azul'],
  ['es', '¿qué tallas hay?', 'sizes'],
  ['es', '¿en qué colores viene?', 'colors'],
  ['es', '¿de qué está hecho?', 'material'],
  ['es', 'algo en lugar de este', 'substitutes pronoun'],
  ['es', '¿hay alguna alternativa?', 'substitutes'],
  ['fr', "qu'en disent les clients", 'reviews'],
  ['fr', 'les avis sur le deuxième', 'reviews #2'],
  ['fr', 'il est en stock ?', 'stock'],
  ['fr', 'vous avez le premier en bleu ?', 'stock #1 in bleu'],
  ['fr', 'quelles tailles sont disponibles ?', 'sizes'],
  ['fr', 'il existe en quelles couleurs ?', 'colors'],
  ['fr', "c'est fait en quoi ?", 'material'],
  ['fr', 'autre chose à la place de celui-ci', 'substitutes pronoun'],
  ['de', 'was sagen andere Käufer', 'reviews'],
  ['de', 'Bewertungen zum zweiten', 'reviews #2'],
  ['de', 'ist das auf Lager?', 'stock pronoun'],
  ['de', 'gibt es das auch in Blau?', 'stock pronoun in Blau'],
  ['de', 'welche Größen gibt es?', 'sizes'],
  ['de', 'in welchen Farben gibt es das?', 'colors pronoun'],
  ['de', 'woraus ist das?', 'material pronoun'],
  ['de', 'etwas anderes statt dem ersten', 'substitutes #1'],
  ['de', 'gibt es eine Alternative dazu?', 'substitutes'],
  ['ja', 'これのレビューは？', 'reviews pronoun'],
  ['ja', '買った人の感想は', 'reviews'],
  ['ja', '在庫ありますか？', 'stock'],
  ['ja', '2番目は在庫ある？', 'stock #2'],
  ['ja', 'これのMサイズはある？', 'stock pronoun in M'],
  ['ja', 'どんなサイズがありますか？', 'sizes'],
  ['ja', 'これは何色ありますか？', 'colors pronoun'],
  ['ja', 'これは何でできていますか？', 'material pronoun'],
  ['ja', 'これの代わりになるものはありますか', 'substitutes pronoun'],
  ['pt', 'o que falam dele', 'reviews pronoun'],
  ['pt', 'avaliações do segundo', 'reviews #2'],
  ['pt', 'tem em estoque?', 'stock'],
  ['pt', 'ele tem em azul?', 'stock pronoun in azul'],
  ['pt', 'quais tamanhos tem?', 'sizes'],
  ['pt', 'em quais cores ele vem?', 'colors pronoun'],
  ['pt', 'de que é feito?', 'material'],
  ['pt', 'algo no lugar dele', 'substitutes pronoun'],
  ['ru', 'какие отзывы', 'reviews'],
  ['ru', 'отзывы о втором', 'reviews #2'],
  ['ru', 'он есть в наличии?', 'stock pronoun'],
  ['ru', 'есть он в синем цвете?', 'stock pronoun in синем'],
  ['ru', 'какие есть размеры?', 'sizes'],
  ['ru', 'какие цвета есть?', 'colors'],
  ['ru', 'из чего он сделан?', 'material pronoun'],
  ['ru', 'что-нибудь вместо него', 'substitutes pronoun'],
])('%s: %s → %s', (language, text, expected) => {
  expect(brief(text, language)).toBe(expected);
});

it.each<[Language, string]>([
  ['en', 'in stock'],
  ['en', 'in blue'],
  ['en', 'which size should I take?'],
  ['en', 'reviews of red backpacks under 30'],
  ['zh', '红色的背包'],
  ['zh', '有便宜点的吗'],
  ['zh', '有尺码表吗'],
  ['zh', '什么时候有货'],
  ['ja', '似たようなのある？'],
  ['ja', 'まだありますか'],
  ['ru', 'сообщи, когда снова будет в наличии'],
  ['es', 'en azul'],
  ['de', 'in Blau'],
  ['ru', 'в синем цвете'],
])('%s: “%s” asks nothing about one product', (language, text) => {
  expect(brief(text, language) ?? '').not.toMatch(/^(reviews|stock|sizes|colors|material|substitutes|details)/);
});

it.each(LANGUAGES)('%s: what is sent for a tapped size or colour shows that variant', (language) => {
  const translator = new Translator(LOCALES, ['reply']);
  const wish = (key: string, value: string) => brief(translator.text(language, `variants.${key}`, { value }), language);
  for (const size of ['M', '42']) expect(wish('sizeWish', size)).toMatch(new RegExp(`^details( pronoun)? in ${size}$`));
  const blue = { en: 'blue', zh: '蓝色', es: 'azul', fr: 'bleu', de: 'blau', ja: '青', pt: 'azul', ru: 'синий' }[
    language
  ];
  expect(wish('colorWish', blue)).toMatch(new RegExp(`^details( pronoun)? in ${blue}$`));
});
