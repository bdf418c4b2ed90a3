import {
  type DialogOutcome,
  type Language,
  type PersonSaid,
  type Product,
  type ProductCard,
  type RankedProducts,
  type Reply,
  type StillOpen,
  type Suggestion,
  textIn,
  type Vocabulary,
  type VoiceSaid,
} from '../domain';
import { alertReply } from './alert';
import { answerReply, unansweredReply } from './answer';
import { answersTo } from './ask';
import { basketReply } from './basket';
import { type CardTools, cardOf } from './card';
import { chips, likeLine } from './chips';
import { choiceReply } from './choices';
import { comparisonReply } from './comparison';
import { detailsReply } from './details';
import { heartReply } from './heart';
import { formatList, type Translator } from './i18n';
import { knownReply } from './known';
import { courtesyReply, examples, helpReply, mannerReply, ratingReply } from './manners';
import { withReminder } from './open';
import { orderFoundReply, orderReply } from './order';
import { likesReply, pairingReply } from './pairing';
import { personReply, withAside } from './person';
import { photoLine } from './photo';
import { nextSteps, recommendedReply, suggest } from './recommended';
import { substitutesReply } from './substitutes';
import { toldReply } from './told';
import { beginsWithAudience, describeQuery } from './understood';
import { withVoice } from './voice';

export interface RenderTools {
  readonly translator: Translator;
  readonly vocabulary: Vocabulary;
  readonly shopName: string;
  /** The shop's: ranges of prices are told in it. */
  readonly currency: string;
  readonly hasPicture: CardTools['hasPicture'];
  /** Products that the shopper liked. */
  readonly liked?: ReadonlySet<string>;
  /** Photos can be searched: shoppers are told that they may send one. */
  readonly takesPhotos: boolean;
  /** Voice notes can be heard: likewise. */
  readonly takesVoice: boolean;
  /** A person can be asked for: likewise. */
  readonly hasPeople: boolean;
  /** Words may go to a language model outside of the shop: shoppers are told. */
  readonly usesModel?: boolean;
  /** Where baskets are paid; see `checkoutUrl`. Empty where products are ordered one by one. */
  readonly checkoutUrl: string;
  readonly timeZone?: string | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What a reply says beside its outcome: what became of voice notes, what is said of people, and what is still open. */
export interface SaidBeside {
  readonly voice?: VoiceSaid | undefined;
  readonly person?: PersonSaid | undefined;
  readonly open?: StillOpen | undefined;
  /** In place of the outcome's own text. */
  readonly phrased?: string | undefined;
}

/** Puts an outcome into words and cards of its language. */
export function renderReply(outcome: DialogOutcome, tools: RenderTools, said: SaidBeside = {}): Reply {
  const { voice, person, open, phrased } = said;
  const built = outcomeReply(outcome, tools);
  const reply = phrased === undefined ? built : { ...built, text: phrased };
  const heard = voice ? withVoice(reply, voice, tools) : reply;
  const whole = person ? withAside(heard, person, tools, tools.clock()) : heard;
  return open ? withReminder(whole, open, tools.translator) : whole;
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
      ...(tools.usesModel ? [say('modelNote')] : []),
    ].join(separator);
  switch (outcome.kind) {
    case 'greeting':
    case 'thanks':
    case 'goodbye':
      return courtesyReply(outcome, greetingKey(tools), tools);
    case 'manners':
      return mannerReply(outcome, tools);
    case 'rating':
      return ratingReply(outcome, tools.translator);
    case 'results':
      return resultsReply(outcome, tools);
    case 'help':
      return helpReply(outcome, withHints(say('help')), tools.translator);
    case 'nothing':
      return outcome.kept
        ? plain(say('nothingKept'), nextSteps(false, language, tools.translator))
        : plain(say('nothing'), examples(language, tools.translator));
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
    case 'told':
      return toldReply(outcome, tools);
    case 'substitutes':
      return substitutesReply(outcome, tools);
    case 'forYou':
    case 'goesWith':
      return recommendedReply(outcome, tools);
    case 'basket':
      return basketReply(outcome, tools);
    case 'pairing':
      return pairingReply(outcome, tools);
    case 'likes':
      return likesReply(outcome, tools);
    case 'alert':
      return alertReply(outcome, tools);
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
    case 'again':
      return plain('');
    case 'letGo':
      return plain(say('order.dropped'));
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

function resultsReply(outcome: Extract<DialogOutcome, { kind: 'results' }>, tools: RenderTools): Reply {
  const { language, ranked, continued } = outcome;
  const { translator, vocabulary } = tools;
  const understood = describeQuery(ranked.query, language, vocabulary, translator);
  const isFor = beginsWithAudience(ranked.query);
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
  if (outcome.like) lines.push(likeLine(outcome.like, language, tools));
  else if (outcome.photo) lines.push(photoLine(outcome.photo, { understood, continued, language }, tools));
  else if (continued) lines.push(translator.text(language, isFor ? 'moreFor' : 'moreOf', { understood }));
  else if (!understood) lines.push(translator.text(language, 'foundPlain'));
  else
    lines.push(
      translator.text(language, isByMeaning(ranked) ? 'closest' : isFor ? 'foundFor' : 'found', { understood }),
    );
  if (outcome.question) lines.push(translator.text(language, `ask.${outcome.question.facet}`));
  return {
    language,
    text: lines.join('\n'),
    cards: ranked.results.map((result) => cardOf({ ...result, counted: ranked.counted }, freeWords, language, tools)),
    suggestions: [
      ...(outcome.question ? answersTo(outcome.question, language, tools) : []),
      ...chips(ranked.query, outcome.held, language, tools),
      ...nextSteps(ranked.more, language, translator),
    ],
    ...(outcome.question && { question: outcome.question }),
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
