import { type ConversationState, type Flow, type FlowResult, runFlows, type Turn } from '../dialog';
import {
  type CatalogueFacts,
  emailIn,
  type QueryReader,
  type Reading,
  type TurnObserver,
  unexplained,
  withReading,
} from '../domain';

/** From this share of words that nothing explains on a model is asked: a tenth of the validation queries. */
const LITTLE_EXPLAINED = 0.5;
/** Longer messages are more than a wish. */
const LONGEST = 300;
const MOST_READINGS = 8;
/** Telephone numbers and the like: seven digits or more. */
const LONG_NUMBER = /\d(?:[\s()./-]*\d){6}/;

export interface ReadingsOptions {
  readonly flows: readonly Flow[];
  /** Missing where no model reads. */
  readonly reader?: QueryReader | undefined;
  readonly facts: () => Promise<Pick<CatalogueFacts, 'currency' | 'brands'>>;
  readonly observer: TurnObserver;
}

/** Runs the flows, and beside them asks a language model where the built-in parser understands little. */
export class Readings {
  constructor(private readonly options: ReadingsOptions) {}

  /**
   * What the flows make of a turn. While they run on the built-in parse a model reads the words; what it read in time is run
   * again, and counts unless it finds nothing where the built-in parse does.
   */
  async run(turn: Turn, signal: AbortSignal): Promise<FlowResult> {
    const { flows } = this.options;
    const known = { ...turn, parse: parseWith(turn.parse, turn.state.readings) };
    const [builtIn, reading] = await Promise.all([runFlows(flows, known), this.read(turn, signal)]);
    if (!reading) return withReadings(builtIn, turn.state, turn.state.readings);
    const readings = [...(turn.state.readings ?? []).filter(({ text }) => text !== reading.text), reading];
    const read = await runFlows(flows, { ...turn, parse: parseWith(turn.parse, readings) });
    const isWorse = finds(builtIn) && !finds(read);
    return isWorse ? withReadings(builtIn, turn.state, turn.state.readings) : withReadings(read, turn.state, readings);
  }

  /** What the model read; undefined where it is not asked, or has no answer that holds, of which the observer is told. */
  private async read(turn: Turn, signal: AbortSignal): Promise<Reading | undefined> {
    const { reader, facts, observer } = this.options;
    if (!reader || !isOpen(turn)) return undefined;
    try {
      const text = linesOf(turn.message.text).join('\n');
      const query = await turn.parse(turn.message.text, turn.language);
      if (unexplained(query) < LITTLE_EXPLAINED) return undefined;
      const parts = await reader.read({ text, language: query.language }, await facts(), signal);
      if (!parts) return undefined;
      const left = parts.freeText.toLowerCase();
      const explained = query.freeText.split(/\s+/).filter((word) => word !== '' && !left.includes(word.toLowerCase()));
      return { text, parts, explained };
    } catch (error) {
      // The turn ends by itself where its time is over.
      if (!signal.aborted) observer.fault(error);
      return undefined;
    }
  }
}

/** A wish in a few words that nothing else took, that tells of no person, and is for none. */
function isOpen({ message, intent, command, manner, service, asked, photo, person }: Turn): boolean {
  if (person.on && person.state !== 'bot') return false;
  if (message.kind !== 'message' || message.action || intent || command || manner || service || asked || photo)
    return false;
  const text = message.text.trim();
  return text !== '' && text.length <= LONGEST && emailIn(text) === undefined && !LONG_NUMBER.test(text);
}

/** Parses with what a model read in the words, or in whole lines of them. */
export function parseWith(parse: Turn['parse'], readings: readonly Reading[] = []): Turn['parse'] {
  if (readings.length === 0) return parse;
  return async (text, language) => {
    const query = await parse(text, language);
    const read = readings.filter((reading) => holds(text, reading));
    if (read.length === 0) return query;
    const others = read.reduce((left, reading) => without(left, reading), framed(text));
    const { wanted } = await parse(others.trim(), query.language);
    return read.reduce((known, reading) => withReading(known, reading, wanted), query);
  };
}

/** The result with the readings in its state that a search goes by which may still be talked of. */
function withReadings(
  result: FlowResult,
  before: ConversationState,
  readings: readonly Reading[] | undefined,
): FlowResult {
  if (!readings) return result;
  const { readings: _, ...state } = result.state;
  const searches = [
    state.lastSearch,
    before.lastSearch,
    ...(state.steps ?? []).map((step) => 'view' in step && step.view.lastSearch),
  ];
  const texts = searches.flatMap((search) => (search ? [search.text] : []));
  const used = readings.filter((reading) => texts.some((text) => holds(text, reading))).slice(-MOST_READINGS);
  return { ...result, state: { ...state, ...(used.length > 0 && { readings: used }) } };
}

const finds = ({ outcome }: FlowResult) => outcome.kind === 'results' && outcome.ranked.results.length > 0;

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}

const framed = (text: string) => `\n${linesOf(text).join('\n')}\n`;

const holds = (text: string, reading: Reading) => framed(text).includes(framed(reading.text.trim()));

function without(text: string, reading: Reading): string {
  return text.replace(framed(reading.text.trim()), () => '\n');
}
