import {
  type DialogOutcome,
  type Language,
  type PersonSaid,
  type Product,
  type ProductCard,
  type RankedProducts,
  type Reply,
  type Suggestion,
  textIn,
  type Vocabulary,
  type VoiceSaid,
} from '../domain';
import { answerReply, unansweredReply } from './answer';
import { basketReply } from './basket';
import { cardOf } from './card';
import { choiceReply } from './choices';
import { comparisonReply } from './comparison';
import { detailsReply } from './details';
import { heartReply } from './heart';
import { formatList, type Translator } from './i18n';
import { knownReply } from './known';
import { orderFoundReply, orderReply } from './order';
import { likesReply, pairingReply } from './pairing';
import { personReply, withAside } from './person';
import { photoLine } from './photo';
import { nextSteps, recommendedReply, suggest } from './recommended';
import { describeQuery } from './understood';
import { withVoice } from './voice';

export interface RenderTools {
  readonly translator: Translator;
  readonly vocabulary: Vocabulary;
  readonly shopName: string;
  readonly hasPicture: (productId: string) => boolean;
  /** Products that the shopper liked. */
  readonly liked?: ReadonlySet<string>;
  /** Photos can be searched: shoppers are told that they may send one. */
  readonly takesPhotos: boolean;
  /** Voice notes can be heard: likewise. */
  readonly takesVoice: boolean;
  /** A person can be asked for: likewise. */
  readonly hasPeople: boolean;
  /** Where baskets are paid; see `checkoutUrl`. Empty where products are ordered one by one. */
  readonly checkoutUrl: string;
  readonly timeZone?: string | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What a reply says beside its outcome: what became of voice notes, and what is said of people. */
export interface SaidBeside {
  readonly voice?: VoiceSaid | undefined;
  readonly person?: PersonSaid | undefined;
}

/** Puts an outcome into words and cards of its language. */
export function renderReply(outcome: DialogOutcome, tools: RenderTools, { voice, person }: SaidBeside = {}): Reply {
  const reply = outcomeReply(outcome, tools);
  const heard = voice ? withVoice(reply, voice, tools) : reply;
  return person ? withAside(heard, person, tools, tools.clock()) : heard;
}

/** An agent's products as cards, without buttons: taps are for the bot, which is silent then. */
export function agentCards(products: readonly Product[], language: Language, tools: RenderTools): ProductCard[] {
  return products.map((product) => {
    const { like: _, ...card } = cardOf({ product }, new Set(), language, tools, []);
    return card;
  });
}

function outcomeReply(outcome: DialogOutcome, tools: RenderTools): Reply {
  const { language } = outcome;
  const say = (key: string, values?: Readonly<Record<string, unknown>>) => tools.translator.text(language, key, values);
  const plain = (text: string, suggestions: readonly Suggestion[] = []): Reply => ({
    language,
    text,
    cards: [],
    suggestions,
  });
  const separator = language === 'zh' || language === 'ja' ? '' : ' ';
  const withHints = (text: string) =>
    [
      text,
      ...(tools.takesPhotos ? [say('photo.hint')] : []),
      ...(tools.takesVoice ? [say('heard.hint')] : []),
      ...(tools.hasPeople ? [say('person.hint')] : []),
    ].join(separator);
  switch (outcome.kind) {
    case 'greeting':
      return plain(say(greetingKey(tools), { shop: tools.shopName }), examples(language, tools.translator));
    case 'results':
      return resultsReply(outcome, tools);
    case 'help':
      return plain(withHints(say('help')), examples(language, tools.translator));
    case 'nothing':
    case 'startOver':
    case 'empty':
      return plain(say(outcome.kind), examples(language, tools.translator));
    case 'unheard':
      return plain('', examples(language, tools.translator));
    case 'photoFault':
      return plain(say(`photoFault.${outcome.fault}`), examples(language, tools.translator));
    case 'similar':
      return similarReply(outcome, tools);
    case 'details':
      return detailsReply(outcome, tools);
    case 'forYou':
    case 'goesWith':
      return recommendedReply(outcome, tools);
    case 'basket':
      return basketReply(outcome, tools);
    case 'pairing':
      return pairingReply(outcome, tools);
    case 'likes':
      return likesReply(outcome, tools);
    case 'askVariant':
    case 'whichOne':
    case 'beyond':
    case 'back':
      return choiceReply(outcome, tools);
    case 'compared':
      return comparisonReply(outcome, tools);
    case 'person':
      return personReply(outcome, tools, tools.clock());
    case 'order':
      return orderReply(outcome, tools.translator);
    case 'orderFound':
      return orderFoundReply(outcome.order, outcome.language, tools.translator);
    case 'answer':
      return answerReply(outcome, tools.translator);
    case 'unanswered':
      return unansweredReply(outcome, tools.translator);
    case 'askConsent':
      return plain(say('askConsent'), suggest(['yes', 'no'], language, tools.translator));
    case 'consented':
    case 'liked':
    case 'unliked':
    case 'forgotten':
      return heartReply(outcome, tools);
    case 'known':
      return knownReply(outcome, tools);
    default:
      return plain(say(outcome.kind));
  }
}

/** What a shopper may send is said at once. */
function greetingKey({ takesPhotos, takesVoice }: RenderTools): string {
  if (takesPhotos) return takesVoice ? 'greetingWithPhotoAndVoice' : 'greetingWithPhoto';
  return takesVoice ? 'greetingWithVoice' : 'greeting';
}

function examples(language: Language, translator: Translator): Suggestion[] {
  return [0, 1, 2].map((index) => {
    const text = translator.text(language, `examples.${index}`);
    return { title: text, value: text };
  });
}

function resultsReply(outcome: Extract<DialogOutcome, { kind: 'results' }>, tools: RenderTools): Reply {
  const { language, ranked, continued } = outcome;
  const { translator, vocabulary } = tools;
  const understood = describeQuery(ranked.query, language, vocabulary, translator);
  const freeWords = new Set(ranked.query.freeText.split(/\s+/));
  const lines: string[] = [];
  if (ranked.relaxed.length > 0 && !continued) {
    const list = formatList(
      ranked.relaxed.map((constraint) => translator.text(language, `constraint.${constraint}`)),
      language,
    );
    lines.push(translator.text(language, 'relaxed', { list }));
  }
  if (outcome.photoFault) lines.push(translator.text(language, `photoFault.${outcome.photoFault}`));
  if (outcome.photo) lines.push(photoLine(outcome.photo, { understood, continued, language }, tools));
  else if (continued) lines.push(translator.text(language, 'moreOf', { understood }));
  else if (!understood) lines.push(translator.text(language, 'foundPlain'));
  else lines.push(translator.text(language, isByMeaning(ranked) ? 'closest' : 'found', { understood }));
  return {
    language,
    text: lines.join('\n'),
    cards: ranked.results.map((result) => cardOf({ ...result, counted: ranked.counted }, freeWords, language, tools)),
    suggestions: [
      ...(ranked.query.price ? suggest(['anyPrice'], language, translator) : []),
      ...nextSteps(ranked.more, language, translator),
    ],
  };
}

/** No word and no attribute led to the first results, only what their vectors have in common with the words. */
function isByMeaning({ results }: RankedProducts): boolean {
  const [first] = results;
  return first !== undefined && first.why.words.length === 0 && Object.keys(first.why.attributes).length === 0;
}

function similarReply(outcome: Extract<DialogOutcome, { kind: 'similar' }>, tools: RenderTools): Reply {
  const { language, ranked, product, continued } = outcome;
  const { title } = textIn(product, language);
  return {
    language,
    text: tools.translator.text(language, continued ? 'moreSimilar' : 'similarTo', { title }),
    cards: ranked.results.map((result) => cardOf(result, new Set(), language, tools)),
    suggestions: nextSteps(ranked.more, language, tools.translator),
  };
}
