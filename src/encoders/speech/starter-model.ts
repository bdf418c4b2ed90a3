import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tensor } from '@huggingface/transformers';
import { type Heard, LANGUAGES, type Language, type Speech, VitrineError } from '../../domain';
import { openChecked, openGraph } from '../open-graph';
import type { Output } from '../pooling';
import type { PinnedFile } from '../verify';
import {
  DECODE_WEIGHTS,
  type DecodeWeights,
  decodeGreedily,
  decodeWords,
  type SymbolLogs,
  type Transcript,
} from './ctc';
import { withFigures } from './number-words';
import { pinyinOf } from './pinyin';
import { type WordFile, WordList } from './word-list';

/** What is needed to load a starter voice model; plain data, so that it can be handed to a worker. */
export interface VoiceModelSpec {
  readonly id: string;
  readonly dimensions: number;
  readonly file: string;
  /** All files are checked against these before any of them is used. */
  readonly files: readonly PinnedFile[];
  readonly threads: number;
}

/** A call: speech at 16,000 samples a second, and what may help. */
export interface VoiceRequest {
  readonly speech: Speech;
  /** The conversation's language. */
  readonly language?: Language;
  /** Words of the catalogue, as written there. */
  readonly words?: readonly string[];
}

/** What the network makes of speech. */
export interface VoiceOutputs {
  readonly logs: SymbolLogs;
  /** A normalised vector of the text space. */
  readonly vector: Float32Array;
  /** Probabilities of the languages. */
  readonly chances: ArrayLike<number>;
}

export interface VoiceModel {
  hear(request: VoiceRequest): Promise<Heard>;
  /** The two halves of `hear`: the network, and the search for the words. */
  run(speech: Speech): Promise<VoiceOutputs>;
  understand(outputs: VoiceOutputs, request: Omit<VoiceRequest, 'speech'>, weights?: DecodeWeights): Heard;
  /** Frees the session; the model can't be used afterwards. */
  dispose(): Promise<void>;
}

/** `symbols.json`: what the outputs stand for. */
interface Symbols {
  readonly symbols: readonly string[];
  readonly languages: readonly string[];
}

/** The conversation's language is at least so likely, whatever the network thinks: people change it rarely, and strange voices mislead it. */
const HINT = 0.5;
/** A language is tried when it is at least so likely, of the likeliest. */
const TRIED = 0.05;
/** Words of a catalogue that are listened for; its brands come first. */
const MOST_WORDS = 8_000;
/** What the spoken language's probability weighs against the words'. */
const LANGUAGE_WEIGHT = 3;

/**
 * Loads a starter voice model: samples → log-probabilities of characters, a vector of the text space, probabilities of
 * languages; and its word list. Every file is checked first: see `openChecked` for what it throws.
 */
export function loadVoiceModel(folder: string, spec: VoiceModelSpec): Promise<VoiceModel> {
  return openChecked(folder, spec, (absolute) => open(absolute, spec));
}

async function open(folder: string, { id, dimensions, file, threads }: VoiceModelSpec): Promise<VoiceModel> {
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const { symbols, languages } = (await read('symbols.json')) as Symbols;
  const files = (await read('words.json')) as Readonly<Partial<Record<string, WordFile>>>;
  const graph = await openGraph(folder, file, threads);
  const lists = new WordLists(symbols, files);
  const model: VoiceModel = {
    async hear({ speech, ...hints }) {
      return model.understand(await model.run(speech), hints);
    },
    async run(speech) {
      const samples = new Tensor('float32', Float32Array.from(speech.samples), [1, speech.samples.length]);
      const { characters, voice_embeds, languages: chances } = await graph.run({ samples });
      if (!characters || !voice_embeds || !chances) throw new VitrineError('MODEL_CORRUPT', `${id} lacks an output.`);
      const vector = Float32Array.from(voice_embeds.data).subarray(0, dimensions);
      return { logs: logsOf(characters), vector, chances: chances.data };
    },
    understand({ logs, vector, chances }, { language: hint, words = [] }, weights = DECODE_WEIGHTS) {
      const votes = languages.map((code, i) => Math.max(chances[i] ?? 0, code === hint ? HINT : 0));
      const most = Math.max(...votes);
      const greedy = decodeGreedily(logs, symbols);
      let found: { text: string; language: Language; transcript: Transcript; score: number } | undefined;
      for (const [i, vote] of votes.entries()) {
        const language = LANGUAGES.find((each) => each === languages[i]);
        const known = language && vote >= TRIED * most ? lists.of(language, words) : undefined;
        if (!language || !known) continue;
        const options = { space: symbols.indexOf(' '), letters: symbols, open: language !== 'zh', weights };
        const transcript = decodeWords(logs, known.list, options);
        const score = transcript.score + LANGUAGE_WEIGHT * Math.log(vote);
        if (!found || score > found.score)
          found = { text: written(transcript, language, known.file), language, transcript, score };
      }
      if (!found || found.text === '') return { text: '', confidence: 0, vector };
      const confidence = confidenceOf(found.transcript, greedy);
      return { text: found.text, language: found.language, confidence, vector };
    },
    dispose: () => graph.dispose(),
  };
  return model;
}

/** The words as they are typed: numbers as figures, Chinese without spaces. */
function written({ words }: Transcript, language: Language, { numbers, currencies }: WordFile): string {
  const joiner = language === 'zh' ? '' : ' ';
  return withFigures(words, numbers, new Set(currencies), joiner).join(joiner);
}

/**
 * How sure the words are, 0 to 1: how clear the sound was where something was said, times how much likelier the network's
 * own letters are than those of the words, a letter.
 */
export function confidenceOf(
  { sound }: Pick<Transcript, 'sound'>,
  greedy: { readonly text: string; readonly sound: number; readonly clarity: number },
): number {
  const letters = Math.max(1, greedy.text.length);
  const agreement = Math.exp(Math.min(0, sound - greedy.sound) / letters);
  return Math.max(0, Math.min(1, greedy.clarity * agreement));
}

function logsOf({ data, dims }: Output): SymbolLogs {
  return { data, frames: dims.at(-2) ?? 0, symbols: dims.at(-1) ?? 0 };
}

/** The word lists of all languages, made when they are first needed, and anew when the catalogue's words changed. */
class WordLists {
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly made = new Map<Language, WordList>();
  private words = '';

  constructor(
    private readonly symbols: readonly string[],
    private readonly files: Readonly<Partial<Record<string, WordFile>>>,
  ) {
    this.numbers = new Map(symbols.map((symbol, i) => [symbol, i]));
  }

  of(language: Language, words: readonly string[]): { list: WordList; file: WordFile } | undefined {
    const file = this.files[language];
    if (!file) return undefined;
    const key = words.join('\n');
    if (key !== this.words) {
      this.words = key;
      this.made.clear();
    }
    let list = this.made.get(language);
    if (!list) {
      const others = Object.entries(this.files).flatMap(([code, other]) =>
        code === language || !other ? [] : [other],
      );
      const known = new Set(Object.keys(file.words).map(plain));
      const foreign = (word: string) => others.some((other) => Object.hasOwn(other.words, word));
      const catalogue = words
        .slice(0, MOST_WORDS)
        .flatMap((word) => wordsOf(word, language))
        .filter((word) => !known.has(plain(word)) && !foreign(word));
      list = new WordList(language, file, catalogue, (word) => this.spell(word, language), this.symbols);
      this.made.set(language, list);
    }
    return { list, file };
  }

  private spell(word: string, language: Language): number[] | undefined {
    const spelled = language === 'zh' ? pinyinOf(word) : word;
    const found = [...spelled].map((letter) => (letter === '' ? undefined : this.numbers.get(letter)));
    return found.every((symbol) => symbol !== undefined) ? (found as number[]) : undefined;
  }
}

/** Without accents, as the catalogue's index has its words. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** A catalogue's text as words that may be said in a language: those of the other script are not. */
function wordsOf(text: string, language: Language): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}'&]+/gu) ?? [];
  return words.filter(
    (word) => /\p{Script=Han}/u.test(word) === (language === 'zh') || /^[\p{Script=Latin}']+$/u.test(word),
  );
}
