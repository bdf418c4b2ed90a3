import { join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES, type Language, type PhraseIntent } from '../../src/domain';
import { Translator } from '../../src/reply';
import { LexiconPhrases, loadLexicons } from '../../src/understanding';

const LOCALES = join(packageRoot(), 'locales');
const lexicons = loadLexicons(LOCALES);
const phrases = new LexiconPhrases(lexicons);
const INTENTS: readonly PhraseIntent[] = [
  ...(['greeting', 'help', 'more', 'startOver', 'thanks', 'goodbye'] as const),
  ...(['forYou', 'goesWith', 'remember', 'whatYouKnow', 'forgetMe', 'yes', 'no'] as const),
  ...(['person', 'leaveMessage', 'keepChatting', 'cancel', 'anyPrice'] as const),
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

it.each<[Language, string]>([
  ['en', 'Talk to a human'],
  ['en', 'agent please'],
  ['en', 'I want to speak with a real person now!'],
  ['en', 'Can I please talk to someone?'],
  ['en', 'Could you please connect me with a customer service representative'],
  ['en', "I'd like to speak to a human being, please"],
  ['en', 'HUMAN'],
  ['en', 'is there a live agent'],
  ['de', 'Ich möchte bitte mit einem echten Menschen sprechen'],
  ['de', 'Mitarbeiter bitte'],
  ['de', 'Kann ich mit jemandem reden?'],
  ['de', 'Verbinden Sie mich mit dem Kundenservice'],
  ['fr', 'Je voudrais parler à un conseiller s’il vous plaît'],
  ['fr', 'un humain svp'],
  ['fr', 'Puis-je parler à quelqu’un ?'],
  ['es', 'Quiero hablar con una persona de verdad'],
  ['es', 'agente por favor'],
  ['es', 'Pásame con un asesor'],
  ['pt', 'Quero falar com um atendente'],
  ['pt', 'Me transfere para uma pessoa real, por favor'],
  ['ru', 'Соедините меня с оператором, пожалуйста'],
  ['ru', 'Хочу поговорить с живым человеком'],
  ['ru', 'оператор'],
  ['ja', '担当者と話したいです'],
  ['ja', 'オペレーターにつないでください'],
  ['ja', '人間に代わってください'],
  ['zh', '人工客服'],
  ['zh', '请帮我转人工，谢谢'],
  ['zh', '我想找一位真人客服'],
  ['zh', '能不能转接人工？'],
  ['zh', '我要和客服聊聊'],
  ['en', 'talk to a person again'],
  ['zh', '再帮我转人工'],
  ['es', 'Quiero hablar otra vez con una persona'],
  ['fr', 'Je voudrais parler à nouveau à un conseiller'],
  ['de', 'Ich möchte nochmal mit einem Menschen sprechen'],
  ['ja', 'もう一度担当者と話したいです'],
  ['pt', 'Quero falar de novo com um atendente'],
  ['ru', 'Хочу снова поговорить с живым человеком'],
])('%s: “%s” asks for a person, whatever language was spoken before', (language, text) => {
  expect(phrases.recognise(text, language)).toEqual({ intent: 'person', language });
  expect(phrases.recognise(text, language === 'en' ? 'de' : 'en')?.intent).toBe('person');
});

it.each([
  ...[
    'human hair wig',
    'support bra',
    'agent 007 poster',
    'real leather bag',
    'a backpack for a person',
    'staff shirt',
  ],
  ...[
    'I need a t-shirt',
    'can I get some shoes please',
    'live edge table',
    'Personenwaage',
    'Menschen bedruckte Tasse',
  ],
  ...['une montre', 'personne au pull rouge', 'zapatos de persona mayor', 'camisa de vendedor antigo', 'человек паук'],
  ...[
    '人字拖',
    '真人手办',
    '人気のバッグ',
    '人形',
    'スタッフTシャツ',
    '老板椅',
    '请给我红色的鞋',
    'a',
    'please',
    '请',
    'お願いします',
  ],
])('“%s” does not ask for a person', (text) => {
  expect(phrases.recognise(text)?.intent).not.toBe('person');
});
