import { type Command, type CommandRecogniser, LANGUAGES, type Language, type Mentioned } from '../domain';
import { withoutBasket } from './basket-words';
import { CommandGrammar } from './command-grammar';
import type { CommandsFile } from './commands-file';
import { tellsNoLanguage } from './detect';
import { cleanText } from './fold';
import { type Unit, units } from './units';

/** A command is short; anything longer is a wish. */
const LONGEST = 120;
const MOST_UNITS = 40;

function isOneLatinWord(cut: readonly Unit[]): boolean {
  return cut.length === 1 && /\p{Script=Latin}/u.test(cut[0]?.surface ?? '');
}

/** Recognises an utterance that is, as a whole, one of the locales' commands. The hinted language is asked first. */
export class GrammarCommands implements CommandRecogniser {
  private readonly grammars: ReadonlyMap<Language, CommandGrammar>;

  constructor(files: Readonly<Record<Language, CommandsFile>>) {
    this.grammars = new Map(LANGUAGES.map((language) => [language, new CommandGrammar(files[language])]));
  }

  recognise(text: string, hint: Language): Command | undefined {
    if (text.length > LONGEST) return undefined;
    const clean = cleanText(text, LONGEST);
    const cut = units(clean);
    if (cut.length === 0 || cut.length > MOST_UNITS) return undefined;
    for (const language of tellsNoLanguage(cut) ? [hint] : new Set([hint, ...LANGUAGES])) {
      const found = this.grammars.get(language)?.read(clean, cut, language === hint);
      // One word of Latin letters tells no language: "total" is said in several.
      if (found) return { ...found, language: isOneLatinWord(cut) ? hint : language };
    }
    return undefined;
  }

  mentions(text: string, language: Language): Mentioned {
    const clean = cleanText(text, LONGEST);
    return (
      this.grammars.get(language)?.mentions(clean, units(clean).slice(0, MOST_UNITS)) ?? { references: [], numbers: [] }
    );
  }

  withoutBasket(text: string, language: Language, isNew: (word: string) => boolean): string {
    const clean = cleanText(text, LONGEST);
    const grammar = this.grammars.get(language);
    return grammar ? withoutBasket(clean, units(clean), grammar.baskets, isNew) : clean;
  }
}
