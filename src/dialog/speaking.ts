import { type IncomingMessage, type Language, languageOf } from '../domain';
import type { ConversationState, FlowResult, Turn } from './flow';
import type { Speaking } from './habits';

/** So many messages in a row that are clearly in one other language, and the chosen one is left. */
const LEFT_AFTER = 3;

/**
 * The conversation's language as a message begins: the channel's locale speaks until the shopper's own words do, and
 * again when it changes.
 */
export function speakingNow(
  state: ConversationState,
  { locale }: Pick<IncomingMessage, 'locale'>,
  asked: Turn['asked'],
): { readonly language: Language; readonly speaks: Speaking } {
  const { speaks = {}, language } = state;
  const told = languageOf(locale);
  if (told === undefined || told === speaks.locale) return { language, speaks };
  if (speaks.locale !== undefined) return { language: told, speaks: { locale: told, chosen: true } };
  const isTalking = state.lastSearch !== undefined || asked !== undefined || speaks.chosen;
  return { language: isTalking ? language : told, speaks: { ...speaks, locale: told } };
}

/** What holds after a message that is clearly in `said`, a language other than the chosen one; undefined where it is not. */
export function heardIn(speaks: Speaking, said: Language | undefined): Speaking {
  const { other, ...rest } = speaks;
  if (said === undefined || !speaks.chosen) return rest;
  const count = other?.language === said ? other.count + 1 : 1;
  if (count < LEFT_AFTER) return { ...rest, other: { language: said, count } };
  const { chosen: _chosen, ...left } = rest;
  return left;
}

/** The result in the language that was chosen, whatever language a flow read in the message. */
export function inChosenLanguage(
  result: FlowResult,
  { state, language }: Pick<Turn, 'state' | 'language'>,
): FlowResult {
  const { speaks } = state;
  // A flow that changes how it is spoken has settled the language itself.
  if (!speaks?.chosen || result.state.speaks !== speaks || result.outcome.language === language) return result;
  return { ...result, outcome: { ...result.outcome, language }, state: { ...result.state, language } };
}
