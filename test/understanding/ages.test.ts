import type { Language } from '../../src/domain';
import { parse } from '../support/parse';

it.each<[Language, string, boolean, string]>([
  ['en', 'a gift for my 5 year old', true, ''],
  ['en', 'shoes for a boy aged 7', true, ''],
  ['en', 'size 8 shoes for my 8-year-old', true, ''],
  ['en', 'a gift for an 18 year old', false, '18 year old'],
  ['en', 'warranty of 2 years', false, 'warranty 2 years'],
  ['zh', '5岁女孩的玩具', true, ''],
  ['zh', '保修2年', false, '保修 2年'],
  ['es', 'regalo para un niño de 4 años', true, ''],
  ['es', 'garantía de 2 años', false, 'garantía 2 años'],
  ['fr', 'cadeau pour une fille de 7 ans', true, ''],
  ['de', 'Spielzeug für 3-Jährige', true, ''],
  ['de', '2 Jahre Garantie', false, '2 Jahre Garantie'],
  ['ja', '3歳の息子に', true, ''],
  ['pt', 'é pra uma criança de 4 anos', true, ''],
  ['ru', 'для 3-летней девочки', true, ''],
  ['ru', 'гарантия 2 года', false, 'гарантия 2 года'],
])('%s: “%s” is about a child: %s', (language, text, kids, freeText) => {
  const query = parse(text, language);
  expect({ kids: query.wanted.kids, freeText: query.freeText }).toEqual({ kids, freeText });
  expect(query.wanted.sizes).toEqual(text.startsWith('size 8') ? ['8'] : []);
});
