import { LogitsProcessor, type Tensor } from '@huggingface/transformers';
import type { Language } from '../../domain';
import { LANGUAGES } from '../../domain';

/** The tokens that steer Whisper, from its generation_config.json. */
export interface WhisperTokens {
  /** By language code: `en` … */
  readonly languages: ReadonlyMap<string, number>;
  readonly transcribe: number;
  readonly noTimestamps: number;
  readonly noSpeech: number;
  readonly end: number;
  /** Never said … */
  readonly suppressed: readonly number[];
  /** … and not first. */
  readonly suppressedFirst: readonly number[];
}

/** How much likelier the conversation's language is than the sound alone says. */
const HINT = 2;
/** Probability that the languages of Vitrine must have together for one of them to be taken. */
const OURS = 0.5;

/**
 * Steers one window's decoding and notes how sure it was. The library knows no language detection and would take English
 * (4.3): this takes the likeliest language at the first step, then the task, then no timestamps, all in one decoding.
 */
export class WhisperGuide extends LogitsProcessor {
  /** The language's code, as Whisper names it; may be none of Vitrine's. */
  language: string | undefined;
  /** Probability that nobody speaks. */
  noSpeech = 0;
  /** Natural logarithm of the probability of each token that was said, the end included. */
  readonly logProbabilities: number[] = [];

  /** `language` is certain from an earlier window; `hint` is not. */
  constructor(
    private readonly tokens: WhisperTokens,
    { language, hint }: { readonly language?: string | undefined; readonly hint?: Language | undefined },
  ) {
    super();
    this.language = language;
    this.hint = hint;
  }
  private readonly hint: Language | undefined;

  override _call(ids: bigint[][], logits: Tensor): Tensor {
    const row = logits.data as Float32Array;
    const { tokens } = this;
    // The start of the transcript is there already.
    const step = (ids[0]?.length ?? 1) - 1;
    if (step === 0) {
      const probabilities = softmax(row);
      this.noSpeech = probabilities[tokens.noSpeech] ?? 0;
      this.language ??= likeliest(probabilities, tokens.languages, this.hint);
      force(row, tokens.languages.get(this.language) ?? tokens.end);
    } else if (step === 1) force(row, tokens.transcribe);
    else if (step === 2) force(row, tokens.noTimestamps);
    else this.say(row, step === 3);
    return logits;
  }

  private say(row: Float32Array, first: boolean): void {
    const { suppressed, suppressedFirst, noTimestamps, end } = this.tokens;
    // Beyond lie timestamps; from the end on to there, tokens that steer.
    for (let id = Math.min(end + 1, noTimestamps); id < row.length; id++) row[id] = Number.NEGATIVE_INFINITY;
    for (const id of suppressed) row[id] = Number.NEGATIVE_INFINITY;
    if (first) for (const id of suppressedFirst) row[id] = Number.NEGATIVE_INFINITY;
    const probabilities = softmax(row);
    let highest = 0;
    for (const probability of probabilities) highest = Math.max(highest, probability);
    this.logProbabilities.push(Math.log(Math.max(highest, 1e-9)));
  }
}

/** The language that the sound is most likely in: one of Vitrine's, unless they are unlikely together. */
function likeliest(
  probabilities: Float32Array,
  languages: ReadonlyMap<string, number>,
  hint: Language | undefined,
): string {
  const ours: readonly string[] = LANGUAGES;
  const votes = [...languages].map(([code, id]) => ({ code, vote: probabilities[id] ?? 0 }));
  const total = votes.reduce((sum, { vote }) => sum + vote, 0);
  const own = votes.filter(({ code }) => ours.includes(code));
  const isOurs = own.reduce((sum, { vote }) => sum + vote, 0) >= OURS * total;
  const weighted = (isOurs ? own : votes).map(({ code, vote }) => ({ code, vote: code === hint ? HINT * vote : vote }));
  return weighted.reduce((best, each) => (each.vote > best.vote ? each : best), { code: hint ?? 'en', vote: 0 }).code;
}

function force(row: Float32Array, id: number): void {
  row.fill(Number.NEGATIVE_INFINITY);
  row[id] = 0;
}

function softmax(row: Float32Array): Float32Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of row) highest = Math.max(highest, value);
  const weights = row.map((value) => Math.exp(value - highest));
  let total = 0;
  for (const weight of weights) total += weight;
  return weights.map((weight) => weight / total);
}
