import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES, type PhraseIntent } from '../../src/domain';
import { Translator } from '../../src/reply';
import { LexiconPhrases, loadLexicons } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const lexicons = loadLexicons(LOCALES);
const phrases = new LexiconPhrases(lexicons);
const INTENTS: readonly PhraseIntent[] = [
  ...(['greeting', 'help', 'more', 'startOver', 'thanks', 'goodbye'] as const),
  ...(['forYou', 'goesWith', 'remember', 'whatYouKnow', 'forgetMe', 'yes', 'no'] as const),
];

describe.each(LANGUAGES)('locales/%s', (language) => {
  it('gives each set phrase one meaning', () => {
    const { file } = lexicons.byLanguage[language];
    for (const intent of INTENTS) {
      for (const phrase of file[intent === 'greeting' ? 'greetings' : intent]) {
        expect([phrase, phrases.recognise(phrase, language)]).toEqual([phrase, { intent, language }]);
      }
    }
  });

  it('understands what it suggests', () => {
    const translator = new Translator(LOCALES, ['reply']);
    for (const intent of INTENTS) {
      const text = translator.text(language, `suggestions.${intent}`);
      // Not every phrase is suggested.
      if (text === `suggestions.${intent}`) continue;
      expect([text, phrases.recognise(text, language)]).toEqual([text, { intent, language }]);
    }
    expect(phrases.recognise(translator.text(language, 'suggestions.forgetMe'))).toMatchObject({ intent: 'forgetMe' });
  });
});
