import { type ErrorCode, type Speech, VitrineError } from '../domain';
import { type CleanUpTools, cleanUp } from './clean-up';
import { decodeRecording } from './decode-recording';
import { Denoiser } from './denoiser';
import { SpeechDetector } from './speech-detector';

/** A recording to read. */
export interface VoiceRequest {
  readonly bytes: Uint8Array;
  readonly maxSeconds: number;
}

/** What became of it. */
export interface VoiceAnswer {
  readonly speech?: Speech;
  readonly fault?: { readonly code: ErrorCode; readonly message: string };
  /** A decoder broke down, or holds much memory: this thread should serve no further recording. */
  readonly worn: boolean;
}

/** Bytes outside the JavaScript heap, WebAssembly's included, beyond which the thread is worn. */
const MOST_EXTERNAL = 256 * 1024 * 1024;

let tools: Promise<CleanUpTools> | undefined;

/** The module of the reader's worker; see `IsolatedOptions.module`. Loads the networks. */
export function load(): Promise<CleanUpTools> {
  hush();
  tools ??= Promise.all([Denoiser.load(), SpeechDetector.load()])
    .then(([denoiser, detector]) => ({ denoiser, detector }))
    .catch((error: unknown) => {
      tools = undefined;
      throw error;
    });
  return tools;
}

/** Decodes a recording and cleans it up. */
export async function run({ bytes, maxSeconds }: VoiceRequest): Promise<VoiceAnswer> {
  let broken = false;
  const onBreak = (): void => {
    broken = true;
  };
  const worn = (): boolean => broken || process.memoryUsage().external > MOST_EXTERNAL;
  try {
    const speech = await cleanUp(await decodeRecording(bytes, { maxSeconds, onBreak }), await load());
    return { speech, worn: worn() };
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    return { fault: { code: error.code, message: error.message }, worn: worn() };
  }
}

export async function close(): Promise<void> {
  await (await tools?.catch(() => undefined))?.detector.dispose();
  tools = undefined;
}

/** Decoders tell the console what is wrong with a shopper's file. This thread does nothing else. */
function hush(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) console[level] = () => undefined;
}
