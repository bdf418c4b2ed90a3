import { loudness } from './loudness';
import type { Microphone, MicrophoneProblem, Take } from './recorder';
import { plainType, recordingName, recordingType } from './recording-type';

/** Enough for speech in Opus and AAC: two minutes stay below a megabyte. */
const BITS_PER_SECOND = 48_000;
/** Samples that one look at the level takes in. */
const WINDOW = 1024;

const PROBLEMS: Readonly<Record<string, MicrophoneProblem>> = {
  NotAllowedError: 'microphoneRefused',
  SecurityError: 'microphoneRefused',
  NotFoundError: 'microphoneMissing',
  OverconstrainedError: 'microphoneMissing',
  NotReadableError: 'microphoneBusy',
  AbortError: 'microphoneBusy',
};

/** True where a recording can be made, or could be if the page were opened by https. */
export function canRecord(): boolean {
  return 'MediaRecorder' in window && (!isSecureContext || navigator.mediaDevices !== undefined);
}

/** The browser's microphone. */
export const browserMicrophone: Microphone<File> = {
  async open(onLost) {
    if (!isSecureContext || navigator.mediaDevices === undefined) throw new InsecureError();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    try {
      return take(stream, onLost);
    } catch (error) {
      stopTracks(stream);
      throw error;
    }
  },

  problemOf(error) {
    if (error instanceof InsecureError) return 'microphoneInsecure';
    return (error instanceof DOMException && PROBLEMS[error.name]) || 'microphoneFailed';
  },
};

class InsecureError extends Error {}

function take(stream: MediaStream, onLost: () => void): Take<File> {
  const mimeType = recordingType((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType && { mimeType }) });
  const meter = meterOf(stream);
  const parts: Blob[] = [];
  let ending = false;
  const ended = new Promise<void>((resolve) => {
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => {
      resolve();
      // Nobody asked for it: the microphone was unplugged or taken away.
      if (!ending) onLost();
    });
  });
  recorder.start();
  const end = () => {
    ending = true;
    if (recorder.state !== 'inactive') recorder.stop();
    stopTracks(stream);
    meter.close();
  };
  return {
    level: meter.level,
    async finish() {
      end();
      await ended;
      const type = plainType(recorder.mimeType);
      const file = new File(parts, recordingName(type), { type });
      return file.size > 0 ? file : undefined;
    },
    abandon: end,
  };
}

/** Recording goes on without a meter where the browser has none to give. */
function meterOf(stream: MediaStream): { level(): number; close(): void } {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = WINDOW;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(WINDOW);
    // The press that allowed the sound may be long ago, behind the browser's question.
    void context.resume().catch(() => undefined);
    return {
      level() {
        analyser.getFloatTimeDomainData(samples);
        return loudness(samples);
      },
      close: () => void context.close().catch(() => undefined),
    };
  } catch {
    return { level: () => 0, close: () => undefined };
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
