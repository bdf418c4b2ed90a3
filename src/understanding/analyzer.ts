import type { AnalysedWord, Language, TextAnalyzer } from '../domain';
import { splitCompound } from './compound';
import { detectLanguage } from './detect';
import { cleanText, fold, hasCjk } from './fold';
import type { Lexicons } from './lexicon';
import { words } from './segment';
import { stem } from './stem';

const LONGEST_TEXT = 100_000;
const LONGEST_WORD = 60;

/** Cuts by `Intl.Segmenter` (zh, ja), folds, stems (Snowball) and opens compounds (de). */
export class LexiconAnalyzer implements TextAnalyzer {
  readonly id = 'vitrine-words-1';

  constructor(private readonly lexicons: Lexicons) {}

  analyse(text: string, language: Language): readonly AnalysedWord[] {
    const clean = cleanText(text, LONGEST_TEXT);
    const lexicon = this.lexicons.byLanguage[language];
    const found: AnalysedWord[] = [];
    for (const surface of words(clean, language)) {
      const folded = fold(surface).slice(0, LONGEST_WORD);
      const tokens = new Set([folded]);
      if (hasCjk(surface)) {
        // Characters in pairs find a word that the dictionary cut differently on the other side.
        for (let i = 0; i + 2 <= folded.length && folded.length > 2; i++) tokens.add(folded.slice(i, i + 2));
      } else {
        tokens.add(stem(surface, language));
        for (const part of splitCompound(folded, lexicon) ?? []) tokens.add(stem(part.word, language));
      }
      tokens.delete('');
      if (tokens.size > 0) found.push({ surface, tokens: [...tokens] });
    }
    return found;
  }

  detectLanguage(text: string, hint?: Language): Language {
    return detectLanguage(text, this.lexicons, hint);
  }
}
