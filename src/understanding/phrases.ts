import { LANGUAGES, type Language, type PhraseIntent, type PhraseRecogniser, type Vocabulary } from '../domain';
import { cleanText } from './fold';
import type { LexiconFile, Lexicons } from './lexicon';
import { units } from './units';

const INTENTS: readonly (readonly [PhraseIntent, keyof LexiconFile])[] = [
  ['greeting', 'greetings'],
  ['help', 'help'],
  ['more', 'more'],
  ['startOver', 'startOver'],
  ['thanks', 'thanks'],
  ['goodbye', 'goodbye'],
  ['forYou', 'forYou'],
  ['goesWith', 'goesWith'],
  ['remember', 'remember'],
  ['whatYouKnow', 'whatYouKnow'],
  ['forgetMe', 'forgetMe'],
  ['yes', 'yes'],
  ['no', 'no'],
];
/** A set phrase is short; anything longer is a wish. */
const LONGEST = 60;

/** Recognises an utterance that is, as a whole, one of the lexicons' set phrases; the hinted language is asked first. */
export class LexiconPhrases implements PhraseRecogniser {
  private readonly byLanguage = new Map<Language, Map<string, PhraseIntent>>();

  constructor(lexicons: Lexicons) {
    for (const language of LANGUAGES) {
      const phrases = new Map<string, PhraseIntent>();
      for (const [intent, field] of INTENTS) {
        for (const phrase of lexicons.byLanguage[language].file[field] as readonly string[])
          phrases.set(key(phrase), intent);
      }
      this.byLanguage.set(language, phrases);
    }
  }

  recognise(text: string, hint?: Language): { intent: PhraseIntent; language: Language } | undefined {
    if (text.length > LONGEST) return undefined;
    const wanted = key(cleanText(text, LONGEST));
    for (const language of new Set(hint ? [hint, ...LANGUAGES] : LANGUAGES)) {
      const intent = this.byLanguage.get(language)?.get(wanted);
      if (intent) return { intent, language };
    }
    return undefined;
  }
}

function key(phrase: string): string {
  return units(phrase)
    .map((unit) => unit.folded)
    .join(' ');
}

/** Names of lexicon ids out of the lexicons' files. */
export class LexiconVocabulary implements Vocabulary {
  constructor(private readonly lexicons: Lexicons) {}

  name(type: Parameters<Vocabulary['name']>[0], id: string, language: Language): string {
    const { file } = this.lexicons.byLanguage[language];
    switch (type) {
      case 'kind':
        return file.kinds[id]?.plural ?? id;
      case 'group':
        return file.groups[id]?.[0] ?? id;
      case 'color':
        return file.colors[id]?.words[0] ?? id;
      case 'material':
        return file.materials[id]?.words[0] ?? id;
      case 'pattern':
        return file.patterns[id]?.words[0] ?? id;
      case 'audience':
        return file.audiences[id]?.phrase || (file.audiences[id]?.words[0] ?? id);
      case 'condition':
        return file.conditions[id]?.[0] ?? id;
    }
  }
}
