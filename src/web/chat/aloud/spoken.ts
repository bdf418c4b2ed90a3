/** Longer utterances are cut off by some browsers. */
const MOST_LETTERS = 200;

/** A card as far as it is read out. */
export interface SpokenCard {
  readonly title: string;
  readonly price: string;
  /** "Sponsored", where the place was paid for. */
  readonly sponsored?: string;
}

/** What is read out of an answer, in pieces that every browser speaks to their end: its text, titles and prices, and which places were paid for. */
export function spokenParts(text: string, cards: readonly SpokenCard[], locale: string): string[] {
  const sentences = [...new Intl.Segmenter(known(locale), { granularity: 'sentence' }).segment(text)];
  const parts: string[] = [];
  for (const { segment } of sentences) {
    for (const piece of pieces(segment.trim())) {
      const last = parts.at(-1);
      if (last !== undefined && last.length + piece.length < MOST_LETTERS) parts[parts.length - 1] = `${last} ${piece}`;
      else parts.push(piece);
    }
  }
  return [
    ...parts,
    ...cards.map(({ sponsored = '', title, price }) =>
      [sponsored, title, price].filter((word) => word !== '').join(', '),
    ),
  ].filter((part) => part !== '');
}

/** A sentence that is too long, cut between words where it has any. */
function pieces(sentence: string): string[] {
  return sentence.match(new RegExp(`.{1,${MOST_LETTERS}}(?=\\s|$)|.{1,${MOST_LETTERS}}`, 'gsu')) ?? [];
}

/** A voice of the browser. */
export interface VoiceName {
  readonly lang: string;
  readonly default: boolean;
}

/** The voice for a language: of the same country if there is one, the browser's own choice among several. */
export function voiceFor<V extends VoiceName>(voices: readonly V[], locale: string): V | undefined {
  const wanted = tagOf(locale);
  const exact = voices.filter(({ lang }) => tagOf(lang) === wanted);
  const related = voices.filter(({ lang }) => tagOf(lang).split('-')[0] === wanted.split('-')[0]);
  const fitting = exact.length > 0 ? exact : related;
  return fitting.find((voice) => voice.default) ?? fitting[0];
}

/** Android writes `pt_BR`. */
function tagOf(locale: string): string {
  return locale.replaceAll('_', '-').toLowerCase();
}

/** A locale that the browser can work with: the answer's may be anything. */
function known(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}
