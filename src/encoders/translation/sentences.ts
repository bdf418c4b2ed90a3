import type { Language } from '../../domain';

/** Longest piece that is translated at once, in characters: models are trained on sentences. */
const LONGEST = 400;
/** Written without spaces between sentences. */
const UNSPACED: ReadonlySet<Language> = new Set(['zh', 'ja']);

/** The lines of a text, each as its sentences; what is longer than models take is cut, between words where there are any. */
export function sentencesOf(text: string, language: Language): string[][] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return text.split(/\r?\n/).map((line) =>
    [...segmenter.segment(line)]
      .flatMap(({ segment }) => cut(segment))
      .map((sentence) => sentence.trim())
      .filter(Boolean),
  );
}

/** Lines of translated sentences as one text. */
export function joinSentences(lines: readonly (readonly string[])[], language: Language): string {
  return lines.map((sentences) => sentences.join(UNSPACED.has(language) ? '' : ' ')).join('\n');
}

function cut(sentence: string): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > LONGEST) {
    const space = rest.lastIndexOf(' ', LONGEST);
    const end = space > 0 ? space : LONGEST;
    // Neither half of a pair is a character.
    const whole = /[\ud800-\udbff]/.test(rest.charAt(end - 1)) ? end - 1 : end;
    pieces.push(rest.slice(0, whole));
    rest = rest.slice(whole);
  }
  return [...pieces, rest];
}
