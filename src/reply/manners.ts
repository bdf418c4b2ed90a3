import type { DialogOutcome, HelpTopic, Language, MannerOutcome, Reply, Suggestion } from '../domain';
import { LANGUAGES } from '../domain';
import type { Translator } from './i18n';
import { scores } from './person';
import { nextSteps, suggest } from './recommended';

/** What is said of manners is made with. */
export interface MannerTools {
  readonly translator: Translator;
  readonly shopName: string;
}

/** Small talk, a new language, a name: short, and back to what the shopper is here for. */
export function mannerReply(outcome: MannerOutcome, { translator, shopName }: MannerTools): Reply {
  const { language, say, before, searched } = outcome;
  const goOn = searched ? nextSteps(true, language, translator) : examples(language, translator);
  const told = (key: string) => variant(translator, language, key, before, { shop: shopName, ...nameOf(outcome) });
  switch (say) {
    case 'languages':
    case 'unspoken':
      return plain(language, translator.text(language, `manners.${say}`), languageMenu());
    case 'switched':
      return searched
        ? plain(language, translator.text(language, 'manners.switchedSearched'), goOn)
        : plain(language, told('switched'), goOn);
    case 'abuse':
      return outcome.offersPerson
        ? plain(language, translator.text(language, 'manners.abuseAgain'), suggest(['yes', 'no'], language, translator))
        : plain(language, told('abuse'), goOn);
    default:
      return plain(language, told(say), goOn);
  }
}

/** A greeting, thanks or a goodbye: the first in full, later ones shorter and in turn. */
export function courtesyReply(
  outcome: Extract<DialogOutcome, { kind: 'greeting' | 'thanks' | 'goodbye' }>,
  first: string,
  { translator, shopName }: MannerTools,
): Reply {
  const { kind, language, before = 0, name, asksRating } = outcome;
  const say = (key: string, values = {}) => translator.text(language, key, values);
  const named = name === undefined ? '' : 'Named';
  if (asksRating) {
    const key = kind === 'goodbye' ? 'askBye' : 'askThanks';
    return plain(language, say(`manners.rating.${key}`), scores());
  }
  if (kind === 'greeting') {
    const hello = name === undefined ? say('manners.helloPlain') : say('manners.hello', { name });
    const text =
      before === 0
        ? say(first, { shop: shopName, hello })
        : variant(translator, language, `greetingAgain${named}`, before - 1, { name });
    return plain(language, text, examples(language, translator));
  }
  if (kind === 'goodbye' && name !== undefined && before === 0) {
    return plain(language, say('manners.goodbyeNamed', { name }));
  }
  return plain(language, before === 0 ? say(kind) : variant(translator, language, kind, before - 1));
}

/** What can be done now, each with words to tap that do it. */
export function helpReply(
  { language, can }: Extract<DialogOutcome, { kind: 'help' }>,
  text: string,
  translator: Translator,
): Reply {
  const said = (topic: HelpTopic) => translator.text(language, `manners.help.${topic}`);
  const suggestions = can.map((topic) => ({ title: said(topic), value: said(topic) }));
  const [first] = examples(language, translator);
  // Where nothing was found yet, what is looked for comes first.
  const isNew = !can.includes('details');
  return plain(
    language,
    `${text}\n${translator.text(language, 'manners.help.lead')}`,
    isNew && first ? [first, ...suggestions] : suggestions,
  );
}

/** What became of a score. */
export function ratingReply(
  { language, say }: Extract<DialogOutcome, { kind: 'rating' }>,
  translator: Translator,
): Reply {
  const text = translator.text(language, `person.${say}`);
  return plain(language, text, say === 'rated' ? suggest(['yes', 'no'], language, translator) : []);
}

/** Three things to look for. */
export function examples(language: Language, translator: Translator): Suggestion[] {
  return translator.list(language, 'examples').map((text) => ({ title: text, value: text }));
}

/** Every language by its own name. */
function languageMenu(): Suggestion[] {
  return LANGUAGES.map((language) => {
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
    const title = name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
    return { title, value: title };
  });
}

/** One of several ways to say the same, in turn. */
function variant(
  translator: Translator,
  language: Language,
  key: string,
  turn: number,
  values: Readonly<Record<string, unknown>> = {},
): string {
  const count = translator.list(language, `manners.${key}`).length;
  return translator.text(language, `manners.${key}.${turn % Math.max(1, count)}`, values);
}

function nameOf(outcome: MannerOutcome): { name?: string } {
  return outcome.say === 'named' ? { name: outcome.name } : {};
}

function plain(language: Language, text: string, suggestions: readonly Suggestion[] = []): Reply {
  return { language, text, cards: [], suggestions };
}
