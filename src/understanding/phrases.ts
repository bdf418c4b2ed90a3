import { LANGUAGES, type Language, type PhraseIntent, type PhraseRecogniser, type Vocabulary } from '../domain';
import { cleanText, fold } from './fold';
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
  ['person', 'person'],
  ['leaveMessage', 'leaveMessage'],
  ['keepChatting', 'keepChatting'],
  ['cancel', 'cancel'],
  ['anyPrice', 'anyPrice'],
];
/** A set phrase is short; anything longer is a wish. */
const LONGEST = 60;
/** Who asks for a person may be wordy. */
const LONGEST_PERSON = 120;

interface Known {
  readonly phrases: ReadonlyMap<string, PhraseIntent>;
  /** What may stand around a phrase that asks for a person; longest first. */
  readonly fillers: readonly string[];
}

/**
 * Recognises an utterance that is, as a whole, one of the lexicons' set phrases; one that asks for a person may have polite
 * words around it. The hinted language is asked first.
 */
export class LexiconPhrases implements PhraseRecogniser {
  private readonly byLanguage = new Map<Language, Known>();

  constructor(lexicons: Lexicons) {
    for (const language of LANGUAGES) {
      const phrases = new Map<string, PhraseIntent>();
      for (const [intent, field] of INTENTS) {
        for (const phrase of lexicons.byLanguage[language].file[field] as readonly string[])
          phrases.set(key(phrase), intent);
      }
      const fillers = lexicons.byLanguage[language].file.personFillers.map(key);
      fillers.sort((one, other) => other.length - one.length);
      this.byLanguage.set(language, { phrases, fillers });
    }
  }

  recognise(text: string, hint?: Language): { intent: PhraseIntent; language: Language } | undefined {
    if (text.length > LONGEST_PERSON) return undefined;
    const wanted = key(cleanText(text, LONGEST_PERSON));
    const languages = [...new Set(hint ? [hint, ...LANGUAGES] : LANGUAGES)];
    for (const language of text.length > LONGEST ? [] : languages) {
      const intent = this.byLanguage.get(language)?.phrases.get(wanted);
      if (intent) return { intent, language };
    }
    const language = languages.find((each) => this.asksForPerson(wanted, each));
    return language && { intent: 'person', language };
  }

  /** True for a phrase that asks for a person once what stands around it is taken off. */
  private asksForPerson(wanted: string, language: Language): boolean {
    const { phrases, fillers } = this.byLanguage.get(language) ?? { phrases: new Map(), fillers: [] };
    for (let rest = wanted; ; ) {
      if (phrases.get(rest) === 'person') return true;
      const before = fillers.find((filler) => rest.startsWith(`${filler} `));
      const after = fillers.find((filler) => rest.endsWith(` ${filler}`));
      if (before !== undefined) rest = rest.slice(before.length + 1);
      else if (after !== undefined) rest = rest.slice(0, -after.length - 1);
      else return false;
    }
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

  said(facet: Parameters<Vocabulary['said']>[0], value: string, language: Language): string {
    if (facet === 'brand') return value;
    if (facet === 'size') return `${this.lexicons.byLanguage[language].file.sizeCue[0] ?? ''} ${value}`.trim();
    return this.name(facet, value, language);
  }

  isArticle(word: string, language: Language): boolean {
    return this.lexicons.byLanguage[language].articles.has(fold(word));
  }

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
