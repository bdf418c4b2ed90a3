import { type Language, type Product, type ReviewExcerpt, summaryOf } from '../domain';
import { nameOf, shorten } from './answer';
import { formatNumber, type Translator } from './i18n';

/** Longest quote, in UTF-16 units. */
const LONGEST = 240;

/** What reviewers say of a product, line by line: the feed's average, what was counted, and who says what in their own words. */
export function reviewLines(product: Product, language: Language, translator: Translator): string[] {
  const say = (key: string, values = {}) => translator.text(language, `reviews.${key}`, values);
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  const { average, count, texts, stars, content, quotes } = summaryOf(product, language);
  if (average === undefined && texts === 0) return [say('none')];
  const given = stars.reduce((sum, each) => sum + each, 0);
  const spread = [5, 4, 3, 2, 1].flatMap((star) => {
    const many = stars[star - 1] ?? 0;
    return many > 0 ? [`${number(star)} ★ × ${number(many)}`] : [];
  });
  return [
    ...(average === undefined
      ? []
      : [
          say(count === undefined ? 'average' : 'averageOf', {
            average: number(average, 1),
            number: number(count ?? 0),
          }),
        ]),
    ...(texts === 0 ? [say('noTexts')] : []),
    ...(given > 0
      ? [say('counted', { texts: number(given), spread: spread.join(', '), content: number(content) })]
      : []),
    ...quotes.map((review) => quote(review, language, translator)),
  ];
}

/** “Very good.” – 5 ★ (in English) */
function quote({ text, rating, language: said }: ReviewExcerpt, language: Language, translator: Translator): string {
  const written = said?.split('-')[0]?.toLowerCase();
  return [
    `“${shorten(text, language, LONGEST)}”`,
    ...(rating === undefined ? [] : [`– ${formatNumber(rating, language)} ★`]),
    ...(written === undefined || written === language
      ? []
      : [translator.text(language, 'reviews.foreign', { language: nameOf(written, language) })]),
  ].join(' ');
}
