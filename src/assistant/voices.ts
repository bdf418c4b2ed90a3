import { type TurnVoice, vectorToText } from '../dialog';
import {
  type Heard,
  type IncomingMessage,
  type Language,
  type MediaSource,
  type MediaSources,
  orAborted,
  type Speech,
  type SpeechRecogniser,
  type TurnObserver,
  VitrineError,
  type VoiceFault,
  type VoiceReader,
} from '../domain';
import { Gate } from '../media/gate';
import { meanVector } from './fuse-voice';
import { timed } from './timed';
import { VOICE_WEIGHTS } from './voice-weights';

export interface VoicesOptions {
  readonly sources: MediaSources;
  readonly observer: TurnObserver;
  readonly reader: VoiceReader;
  /** Missing where voice notes can't be heard. */
  readonly recogniser?: SpeechRecogniser;
  /** Words of the catalogue, as a hint for the recogniser. */
  readonly words: () => Promise<readonly string[]>;
}

/** Longest voice note, in bytes. */
export const MOST_VOICE_BYTES = 16 * 1024 * 1024;
/**
 * Milliseconds for the whole way. It leaves a turn the time to search by the words or the photo beside the voice note, so
 * that one that can't be heard costs a shopper no answer.
 */
const DEADLINE = 24_000;
/** Notes that are fetched and heard side by side; what waits holds no bytes. */
const AT_ONCE = 4;
/** Longest text that is taken from voice notes, in characters: more than two minutes of speech. */
const MOST_TEXT = 3_000;
/** A quarter of a second in which nobody speaks. */
const HUSH: Speech = { samples: new Float32Array(4_000), rate: 16_000, seconds: 0.25 };

/** The way of a message's voice notes: fetched, read, heard. */
export class Voices {
  private readonly gate = new Gate(AT_ONCE);
  private warmed = false;

  constructor(private readonly options: VoicesOptions) {}

  /** Loads the recogniser, once. What fails here fails again, and is told, when a voice note comes. */
  warm(): void {
    if (this.warmed) return;
    this.warmed = true;
    this.options.recogniser?.recognise(HUSH, {}).catch(() => undefined);
  }

  /**
   * What became of the voice notes of a message; undefined where it has none. They are heard one after the other, and those
   * that can't be used are left out as long as one can. `language` is the conversation's. Throws only when the signal ends
   * the turn.
   */
  async understand(message: IncomingMessage, language: Language, signal: AbortSignal): Promise<TurnVoice | undefined> {
    const sources = message.voices ?? [];
    if (sources.length === 0) return undefined;
    const { recogniser } = this.options;
    if (!recogniser) return { kind: 'failed', fault: 'unsupported' };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]);
    const notes: Heard[] = [];
    const faults: VoiceFault[] = [];
    for (const source of sources) {
      try {
        const note = this.gate.run(async () => {
          limit.throwIfAborted();
          const bytes = await this.fetch(source, message.conversationId, limit);
          return this.listen(bytes, recogniser, { language, signal: limit });
        });
        const heard = await orAborted(note, limit);
        if (heard.text === '') faults.push('unclear');
        else notes.push(heard);
      } catch (error) {
        signal.throwIfAborted();
        faults.push(this.faultOf(error));
      }
    }
    signal.throwIfAborted();
    const [fault] = faults;
    if (notes.length === 0) return { kind: 'failed', fault: fault ?? 'unclear' };
    return turnVoice(joined(notes), recogniser.id, fault);
  }

  /**
   * What is said in recordings, which are one query. Throws VOICE_*, RECOGNISER_FAILED and MODEL_*; MODEL_MISSING, too, where
   * there is no recogniser.
   */
  async hear(
    recordings: readonly Buffer[],
    options: { language?: Language; signal?: AbortSignal } = {},
  ): Promise<Heard> {
    const { recogniser } = this.options;
    if (!recogniser) throw new VitrineError('MODEL_MISSING', "there is no recogniser: voice notes can't be heard");
    const notes: Heard[] = [];
    for (const bytes of recordings) notes.push(await this.listen(bytes, recogniser, options));
    return joined(notes);
  }

  private fetch(source: MediaSource, conversation: string, signal: AbortSignal): Promise<Buffer> {
    const { sources } = this.options;
    const bytes = sources.bytes(source, { conversation, maxBytes: MOST_VOICE_BYTES, signal });
    return timed(this.options.observer, 'voice_fetch', orAborted(bytes, signal));
  }

  private async listen(
    bytes: Buffer,
    recogniser: SpeechRecogniser,
    options: { readonly language?: Language; readonly signal?: AbortSignal },
  ): Promise<Heard> {
    const { reader } = this.options;
    const { language, signal = new AbortController().signal } = options;
    const speech = await timed(this.options.observer, 'voice_read', orAborted(reader.read(bytes, { signal }), signal));
    // The catalogue's words are a hint: hearing goes on without them.
    const words = await this.options.words().catch(() => []);
    const hints = { words, signal, ...(language && { language }) };
    const heard = await timed(
      this.options.observer,
      'voice_hear',
      orAborted(recogniser.recognise(speech, hints), signal),
    );
    return { ...heard, text: tidied(heard.text) };
  }

  /** What a shopper sent is no fault of the server's; what failed here is, and is reported. */
  private faultOf(error: unknown): VoiceFault {
    const fault = faultOf(error);
    if (fault === 'failed') this.options.observer.fault(error);
    return fault;
  }
}

/** Several notes as one: the least sure of them says how sure the whole is. */
function joined(notes: readonly Heard[]): Heard {
  const [first = { text: '', confidence: 0 }] = notes;
  if (notes.length < 2) return first;
  const vectors = notes.flatMap(({ vector }) => (vector ? [vector] : []));
  const vector = vectors.length === notes.length ? meanVector(vectors) : undefined;
  const language = notes.find((note) => note.language !== undefined)?.language;
  return {
    text: tidied(notes.map(({ text }) => text).join(' ')),
    confidence: Math.min(...notes.map(({ confidence }) => confidence)),
    ...(language && { language }),
    ...(vector && { vector }),
  };
}

function turnVoice({ text, confidence, language, vector }: Heard, recogniser: string, fault?: VoiceFault): TurnVoice {
  // Anything that is no number is no confidence.
  if (!(confidence >= VOICE_WEIGHTS.unsure)) return { kind: 'doubtful', text };
  return {
    kind: 'heard',
    text,
    sure: confidence >= VOICE_WEIGHTS.sure,
    voice: { recogniser, confidence: Math.min(1, confidence), ...(vector && { vector: vectorToText(vector) }) },
    ...(language && { language }),
    ...(fault && { fault }),
  };
}

/** One line, without control characters, of a bounded length. */
function tidied(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_TEXT)
    .toWellFormed();
}

const UNREADABLE = new Set(['VOICE_UNREADABLE', 'ATTACHMENT_UNSUPPORTED']);
const TOO_LONG = new Set(['VOICE_TOO_LONG', 'ATTACHMENT_TOO_LARGE', 'DOWNLOAD_TOO_LARGE']);
const GONE = new Set(['ATTACHMENT_GONE', 'DOWNLOAD_BLOCKED', 'DOWNLOAD_FAILED', 'DOWNLOAD_TIMEOUT']);

function faultOf(error: unknown): VoiceFault {
  if (!(error instanceof VitrineError)) return 'failed';
  if (error.code === 'VOICE_SILENT') return 'silent';
  if (UNREADABLE.has(error.code)) return 'unreadable';
  if (TOO_LONG.has(error.code)) return 'tooLong';
  return GONE.has(error.code) ? 'gone' : 'failed';
}
