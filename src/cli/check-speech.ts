import type { Config } from '../config';
import { messageOf, type Speech } from '../domain';
import {
  createSpeechRecogniser,
  modelCatalogue,
  type SpeechEngine,
  speechEngine,
  whisperNodeFolder,
  whisperNodeGap,
} from '../encoders';
import type { Check } from './check';

const NAME = 'speech recogniser';
const WITHOUT = "voice notes can't be heard";
const RATE = 16_000;

/** Whether what SPEECH names is there, loads, and hears a sound, and what to do where it is not. */
export async function checkSpeech(config: Config): Promise<Check> {
  const engine = speechEngine(config);
  const said = config.SPEECH === 'auto' ? `MODELS=${config.MODELS}` : `SPEECH=${engine}`;
  const failed = (detail: string, advice: string): Check => ({
    name: NAME,
    state: 'fail',
    detail: `${detail}; ${WITHOUT}`,
    advice,
  });
  try {
    if (engine === 'whisper-node') {
      const gap = whisperNodeGap(whisperNodeFolder(), config.WHISPER_NODE_MODEL);
      if (gap) return failed(gap.error.message, gap.advice);
    }
    const recogniser = createSpeechRecogniser(config);
    if (!recogniser) return { name: NAME, state: 'note', detail: `none (${said}): ${WITHOUT}` };
    try {
      await recogniser.recognise(hum(), {});
      return { name: NAME, state: 'ok', detail: `${recogniser.id} loads and hears (${said})` };
    } catch (error) {
      return failed(`${recogniser.id}: ${messageOf(error)}`, adviceFor(engine, config));
    } finally {
      await recogniser.close();
    }
  } catch (error) {
    return failed(messageOf(error), 'correct manifest.json (MODELS_DIR)');
  }
}

function adviceFor(engine: SpeechEngine, config: Config): string {
  if (engine === 'starter') return 'restore the file, or set SPEECH=none';
  if (engine === 'whisper-node') return 'run its "main" on a WAV file to see what it says, or set SPEECH=starter';
  const id = modelCatalogue(config).speechModel('hub')?.entry.id ?? '';
  return `run "vitrine models pull ${id}"`;
}

/** A second of something like a voice: the harmonics of 120 Hz, swelling and fading. */
function hum(): Speech {
  const samples = Float32Array.from({ length: RATE }, (_, i) => {
    const time = i / RATE;
    const swell = Math.sin(Math.PI * time) ** 2;
    return 0.1 * swell * [1, 2, 3, 4, 5].reduce((sum, k) => sum + Math.sin(2 * Math.PI * 120 * k * time) / k, 0);
  });
  return { samples, rate: RATE, seconds: 1 };
}
