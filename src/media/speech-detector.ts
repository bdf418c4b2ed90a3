import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { DETECTOR_FRAME } from './speech-parts';

/** Samples of the frame before that the network sees too. */
const CONTEXT = 64;
const STATE = [2, 1, 128] as const;
const MODEL = '@ricky0123/vad-web/dist/silero_vad_v6.onnx';

/** Tells speech from other sound with Silero VAD 6 (MIT), which vad-web ships: `input` 1 × 576, `state` 2 × 1 × 128, `sr`. */
export class SpeechDetector {
  private constructor(private readonly session: InferenceSession) {}

  static async load(): Promise<SpeechDetector> {
    const model = await readFile(require.resolve(MODEL));
    const session = await InferenceSession.create(model, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
    return new SpeechDetector(session);
  }

  /** Probability of speech for each frame of 512 samples at 16,000 a second; the last one is padded with silence. */
  async probabilities(samples: Float32Array): Promise<Float32Array> {
    const frames = Math.ceil(samples.length / DETECTOR_FRAME);
    const found = new Float32Array(frames);
    const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);
    let state = new Tensor('float32', new Float32Array(STATE[0] * STATE[1] * STATE[2]), STATE);
    for (let frame = 0; frame < frames; frame++) {
      const window = new Float32Array(CONTEXT + DETECTOR_FRAME);
      const start = frame * DETECTOR_FRAME - CONTEXT;
      window.set(samples.subarray(Math.max(0, start), start + window.length), Math.max(0, -start));
      const input = new Tensor('float32', window, [1, window.length]);
      const { output, stateN } = await this.session.run({ input, state, sr: rate });
      found[frame] = Number(output?.data[0]);
      state = stateN as typeof state;
    }
    return found;
  }

  dispose(): Promise<void> {
    return this.session.release();
  }
}
