import { messageOf, type Reply, VitrineError } from '../../../domain';
import { meetsGoal, type SlotState, slotsOf } from './item';
import type { DialogShop, DialogTruth } from './port';
import { type DialogScript, kindOf } from './script';
import { type Purpose, ScriptedShopper, type Utterance } from './shopper';
import { answers, toldIn } from './topics';

/** Turns of a shopper after which they give up. */
export const MOST_TURNS = 14;

/** Why a goal was missed. */
export const MISSES = [
  /** The right product was never shown. */
  'not shown',
  /** It was shown, and another one or none was picked. */
  'not picked',
  /** No check-out link was reached. */
  'no check-out',
  /** The check-out link pays for something else. */
  'other basket',
  'order not told',
  'not answered',
  /** Another passage was told. */
  'other answer',
  'no person',
  /** The assistant failed twice. */
  'fault',
] as const;
export type Miss = (typeof MISSES)[number];

export interface PlayedTurn {
  readonly purpose: Purpose;
  /** What was said; a voice note's words. */
  readonly said: string;
  readonly brought?: 'photo' | 'voice';
  readonly replies: readonly { readonly text: string; readonly products: readonly string[] }[];
  /** What the shopper was asked. */
  readonly asks?: DialogTruth['asks'];
}

export interface PlayedDialog {
  readonly id: string;
  readonly language: DialogScript['language'];
  readonly kind: ReturnType<typeof kindOf>;
  readonly turns: readonly PlayedTurn[];
  /** The turn, from 1, in which the goal was reached; undefined where it wasn't. */
  readonly reachedAt?: number;
  readonly miss?: Miss;
  /** The last fault of the assistant, if it had any: its code, or what it says. */
  readonly fault?: string;
  /** Attributes of the goal at the moment of success, else at the end. */
  readonly slots?: Readonly<Record<string, SlotState>>;
  /** Only a file of the right name could be asked for: the topic is not known. */
  readonly byFileOnly?: true;
  /** A person was offered or called where none was wanted. */
  readonly unwantedPerson: boolean;
  /** How the opening came where it was to be spoken: `typed` where it can't be spoken here, `again` where it was misheard. */
  readonly voice?: 'spoken' | 'again' | 'typed';
}

/** What holds of a goal after a turn. */
interface Standing {
  readonly reached: boolean;
  readonly picked: boolean;
  readonly byFileOnly?: true;
}

/** Plays one conversation with a shop's assistant to its end, or to `mostTurns`, and judges it by what truly came of it. */
export async function playDialog(
  shop: DialogShop,
  script: DialogScript,
  { mostTurns = MOST_TURNS }: { readonly mostTurns?: number } = {},
): Promise<PlayedDialog> {
  const { goal, id, language } = script;
  const item = goal.kind === 'find' || goal.kind === 'buy' ? goal.item : undefined;
  const isRight = (productId: string): boolean => {
    const product = shop.product(productId);
    return item !== undefined && product !== undefined && meetsGoal(product, shop.kindOf(product), item);
  };
  const judge = await judgeOf(shop, script, isRight);
  const session = await shop.open(id, language);
  const shopper = new ScriptedShopper(script, isRight);
  const opening = await openingOf(shop, script);
  const turns: PlayedTurn[] = [];
  const seen = { shown: false, picked: false, missed: undefined as Miss | undefined, person: false };
  let result: { reachedAt?: number; byFileOnly?: true } = {};
  let slots: PlayedDialog['slots'];
  let fault: string | undefined;
  let isLost = false;
  for (let said: Utterance | undefined = opening; said && turns.length < mostTurns; ) {
    let replies: readonly Reply[];
    try {
      replies = await session.say(said);
    } catch (error) {
      turns.push({ ...turnOf(said, script), replies: [] });
      isLost = fault !== undefined;
      fault = error instanceof VitrineError ? error.code : messageOf(error);
      // As anybody does whose message did not get through: once more.
      if (isLost) break;
      continue;
    }
    const truth = await session.truth();
    const asks = replies.find(({ question }) => question)?.question?.facet ?? truth.asks;
    turns.push({
      ...turnOf(said, script),
      replies: replies.map(({ text, cards }) => ({ text, products: cards.map(({ productId }) => productId) })),
      ...(asks !== undefined && { asks }),
    });
    seen.shown ||= replies.some(({ cards }) => cards.some(({ productId }) => isRight(productId)));
    seen.person ||= goal.kind !== 'person' && (asks === 'person' || truth.handoff !== 'bot');
    const { reached, picked, missed, byFileOnly } = judge(replies, truth, said);
    seen.picked ||= picked;
    seen.missed = missed ?? seen.missed;
    if (result.reachedAt === undefined) {
      if (item) slots = slotsOf(item, truth.query, truth.seen);
      if (reached) result = { reachedAt: turns.length, ...(byFileOnly && { byFileOnly }) };
    }
    said = shopper.next({ replies, asks, picked }, said);
  }
  const miss = result.reachedAt === undefined ? missOf(script, isLost, seen) : undefined;
  return {
    id,
    language,
    kind: kindOf(script),
    turns,
    ...result,
    ...(miss && { miss }),
    ...(fault !== undefined && { fault }),
    ...(slots && { slots }),
    unwantedPerson: seen.person,
    ...(script.via === 'voice' && { voice: voiceOf(opening, turns) }),
  };
}

function turnOf(said: Utterance, { opening }: DialogScript): Pick<PlayedTurn, 'purpose' | 'said' | 'brought'> {
  if (said.voice) return { purpose: said.purpose, said: opening, brought: 'voice' };
  return { purpose: said.purpose, said: said.text, ...(said.photo && { brought: 'photo' }) };
}

async function openingOf(shop: DialogShop, { id, language, via, shown, opening }: DialogScript): Promise<Utterance> {
  if (via === 'photo') {
    if (!shown) throw new VitrineError('EVALUATION_INVALID', `${id}: it does not say what its photo shows`);
    return { purpose: 'opening', text: opening, photo: await shop.photoOf(shown, id) };
  }
  const voice = via === 'voice' ? await shop.spoken(opening, language) : undefined;
  return { purpose: 'opening', ...(voice ? { text: '', voice } : { text: opening }) };
}

function voiceOf(opening: Utterance, turns: readonly PlayedTurn[]): NonNullable<PlayedDialog['voice']> {
  if (!opening.voice) return 'typed';
  return turns.some(({ purpose }) => purpose === 'again') ? 'again' : 'spoken';
}

type Judge = (replies: readonly Reply[], truth: DialogTruth, said: Utterance) => Standing & { readonly missed?: Miss };

/** Tells after each turn whether the goal is reached. */
async function judgeOf(
  shop: DialogShop,
  { goal, language }: DialogScript,
  isRight: (id: string) => boolean,
): Promise<Judge> {
  switch (goal.kind) {
    case 'find':
      return (_, truth, { purpose }) => {
        const picked = purpose === 'choice' && truth.focus !== undefined && isRight(truth.focus);
        return { reached: picked, picked };
      };
    case 'buy':
      return (replies, truth, { purpose }) => {
        const picked = purpose === 'choice' && truth.focus !== undefined && isRight(truth.focus);
        const url = replies.find(({ link }) => link)?.link?.url;
        const lines = url === undefined ? [] : shop.paidBy(url);
        const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
        const reached = pieces === goal.quantity && lines.every(({ productId }) => isRight(productId));
        return { reached, picked, ...(lines.length > 0 && !reached && { missed: 'other basket' }) };
      };
    case 'order': {
      const state = await shop.orderState(goal.order, language);
      if (state === undefined) throw new VitrineError('EVALUATION_INVALID', `there is no order ${goal.order.number}`);
      return (replies) => ({
        reached: replies.some(({ text }) => text.includes(goal.order.number) && text.includes(state)),
        picked: false,
      });
    }
    case 'person':
      return (_, { handoff }) => ({ reached: handoff !== 'bot' && handoff !== 'closed', picked: false });
    default:
      return (replies) => {
        const told = replies.flatMap(({ text }) => toldIn(text, shop.passages) ?? []);
        const how = told.map((passage) => answers(passage, goal, shop.passages)).find((each) => each !== undefined);
        return {
          reached: how !== undefined,
          picked: false,
          ...(how === 'file' && { byFileOnly: true }),
          ...(told.length > 0 && how === undefined && { missed: 'other answer' }),
        };
      };
  }
}

function missOf(
  { goal }: DialogScript,
  isLost: boolean,
  { shown, picked, missed }: { readonly shown: boolean; readonly picked: boolean; readonly missed: Miss | undefined },
): Miss {
  if (isLost) return 'fault';
  if (missed) return missed;
  switch (goal.kind) {
    case 'find':
      return shown ? 'not picked' : 'not shown';
    case 'buy':
      return picked ? 'no check-out' : shown ? 'not picked' : 'not shown';
    case 'order':
      return 'order not told';
    case 'person':
      return 'no person';
    default:
      return 'not answered';
  }
}
