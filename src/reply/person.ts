import type { Language, PersonOutcome, PersonSaid, QueuePlace, Reply, Suggestion, TicketNotice } from '../domain';
import type { Translator } from './i18n';
import { suggest } from './recommended';

/** What replies about people are made with. */
export interface PersonTools {
  readonly translator: Translator;
  /** In whose days and hours opening hours are told; the server's where it is missing. */
  readonly timeZone?: string | undefined;
}

const DAY = 24 * 3600 * 1000;
const WAITING = ['keepChatting', 'leaveMessage', 'cancel'] as const;
/** The best first. */
const SCORES = [5, 4, 3, 2, 1] as const;

/** What is said of people in a turn. */
export function personReply(outcome: PersonOutcome, tools: PersonTools, now: number): Reply {
  const { language } = outcome;
  return plain(language, personText(outcome, language, tools, now), personSuggestions(outcome, language, tools));
}

/** A reply that says something of people, too. An offer is a question: what else could be tapped would be no answer to it. */
export function withAside(reply: Reply, said: PersonSaid, tools: PersonTools, now: number): Reply {
  const text = personText(said, reply.language, tools, now);
  const suggestions = said.say === 'offer' ? personSuggestions(said, reply.language, tools) : reply.suggestions;
  return { ...reply, text: [reply.text, text].filter(Boolean).join('\n'), suggestions };
}

/** What a shopper is told outside of turns; nothing, where only agents are told. */
export function noticeReply(notice: TicketNotice, language: Language, tools: PersonTools): Reply {
  const { translator } = tools;
  const say = (key: string, values = {}) => translator.text(language, `notice.${key}`, values);
  const waiting = suggest(WAITING, language, translator);
  switch (notice.kind) {
    case 'joined':
      return plain(language, say('joined', { agent: notice.agent }));
    case 'released':
    case 'transferred':
      return plain(language, joined([say(notice.kind), placeText(notice.place, language, tools)], language), waiting);
    case 'stillWaiting': {
      const parts = [
        say('stillWaiting'),
        placeText(notice.place, language, tools),
        translator.text(language, 'person.meanwhile'),
      ];
      return plain(language, joined(parts, language), waiting);
    }
    case 'closed':
      return notice.asksRating
        ? plain(language, joined([say('closed'), say('rate')], language), scores())
        : plain(language, say('closed'));
    case 'failed':
      return plain(language, say('failed'), suggest(['keepChatting', 'leaveMessage'], language, translator));
    case 'returned':
      return plain(language, say('returned'));
    case 'silent':
      return plain(language, '');
  }
}

function personText(said: PersonSaid, language: Language, tools: PersonTools, now: number): string {
  const say = (key: string, values = {}) => tools.translator.text(language, `person.${key}`, values);
  switch (said.say) {
    case 'queued':
      return queuedText(said, language, tools);
    case 'away': {
      const { opensAt } = said;
      const when = opensAt === undefined ? undefined : momentText(opensAt, now, language, tools.timeZone);
      return joined([when === undefined ? say('away') : say('awayUntil', { when }), say('askMessage')], language);
    }
    case 'askEmail':
      return say(said.again ? 'askEmailAgain' : 'askEmail');
    case 'messageLeft':
      return say('messageLeft', { email: said.email });
    case 'offer':
      return joined([...(said.sorry ? [say('sorry')] : []), say('offer')], language);
    default:
      return say(said.say);
  }
}

function queuedText(
  { isNew, unasked, agents, place }: Extract<PersonSaid, { say: 'queued' }>,
  language: Language,
  tools: PersonTools,
): string {
  const say = (key: string) => tools.translator.text(language, `person.${key}`);
  const where = place ? [placeText(place, language, tools)] : [];
  // Who did not ask for a person is told that one comes, and goes on.
  if (unasked === 'vip' || unasked === 'orderValue') return joined([say('called'), ...where], language);
  const lead = isNew ? say('queued') : say('stillQueued');
  return joined(
    [
      ...(unasked === undefined ? [] : [say('sorry')]),
      lead,
      ...(agents === 0 ? [say('nobodyFree')] : []),
      ...where,
      say('meanwhile'),
    ],
    language,
  );
}

function placeText({ place, wait }: QueuePlace, language: Language, { translator }: PersonTools): string {
  const number = translator.text(language, 'person.place', { place });
  if (wait === undefined) return number;
  const minutes = Math.round(wait / 60);
  const text =
    minutes < 1
      ? translator.text(language, 'person.waitShort')
      : translator.text(language, 'person.wait', { count: minutes });
  return joined([number, text], language);
}

/** "Monday at 09:00"; with the date where that is a week away or more. */
function momentText(moment: number, now: number, language: Language, timeZone: string | undefined): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = moment - now < 6 * DAY ? {} : ({ day: 'numeric', month: 'long' } as const);
  const format = { weekday: 'long', hour: '2-digit', minute: '2-digit', ...day, ...zone } as const;
  return new Intl.DateTimeFormat(language, format).format(moment);
}

function personSuggestions(said: PersonSaid, language: Language, { translator }: PersonTools): Suggestion[] {
  switch (said.say) {
    case 'queued':
      return suggest(WAITING, language, translator);
    case 'away':
    case 'askMessage':
    case 'askEmail':
      return suggest(['cancel'], language, translator);
    case 'offer':
    case 'rated':
      return suggest(['yes', 'no'], language, translator);
    default:
      return [];
  }
}

/** Scores to tap, the best first. */
export function scores(): Suggestion[] {
  return SCORES.map((score) => ({ title: '★'.repeat(score), value: String(score) }));
}

/** Sentences one after the other, as the language sets them. */
function joined(sentences: readonly string[], language: Language): string {
  return sentences.join(language === 'zh' || language === 'ja' ? '' : ' ');
}

function plain(language: Language, text: string, suggestions: readonly Suggestion[] = []): Reply {
  return { language, text, cards: [], suggestions };
}
