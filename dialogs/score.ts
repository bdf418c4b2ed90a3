/** "4", "4 stars", "4/5", "４分". */
const RATING =
  /^([1-5])\s*(?:\/\s*5|[★⭐*]|stars?|sterne?|estrellas?|étoiles?|estrelas?|зв[её]зд[аы]?|颗?星|つ?星|分|点)?\.?$/iu;
const STARS = /^(?:[★⭐]\ufe0f?){1,5}$/u;

/** A score of 1 to 5, where a text is one. */
export function scoreIn(text: string): number | undefined {
  const said = text.normalize('NFKC').trim();
  if (STARS.test(said)) return [...said.replace(/\ufe0f/g, '')].length;
  const [, score] = RATING.exec(said) ?? [];
  return score === undefined ? undefined : Number(score);
}
