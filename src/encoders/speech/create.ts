import type { SpeechRecogniser } from '../../domain';
import { type ModelSettings, modelCatalogue } from '../catalogue';
import type { EncoderLimits } from '../create';
import { starterRecogniser } from './starter';
import { WhisperRecogniser } from './whisper';
import { WhisperNodeRecogniser } from './whisper-node';

/** What hears voice notes. */
export type SpeechEngine = 'starter' | 'whisper' | 'whisper-node' | 'none';

/** The settings that say which recogniser serves; see `src/config`. */
export interface SpeechSettings extends ModelSettings {
  readonly SPEECH: SpeechEngine | 'auto';
  readonly WHISPER_NODE_MODEL: string;
}

const BY_MODELS = { starter: 'starter', hub: 'whisper', none: 'none' } as const;

/** The recogniser that the settings ask for by name, or by what the encoders are. */
export function speechEngine({ SPEECH, MODELS }: Pick<SpeechSettings, 'SPEECH' | 'MODELS'>): SpeechEngine {
  return SPEECH === 'auto' ? BY_MODELS[MODELS] : SPEECH;
}

/**
 * The recogniser that the settings name, or undefined for `none` and where the manifest lists no model for it. Nothing is
 * loaded before the first call; a call whose model is missing or damaged is rejected with MODEL_MISSING or MODEL_CORRUPT, and
 * the next one tries to load anew. `close` ends what it started.
 */
export function createSpeechRecogniser(
  settings: SpeechSettings,
  limits: EncoderLimits = {},
): SpeechRecogniser | undefined {
  const engine = speechEngine(settings);
  if (engine === 'none') return undefined;
  if (engine === 'whisper-node') return new WhisperNodeRecogniser({ model: settings.WHISPER_NODE_MODEL });
  const catalogue = modelCatalogue(settings);
  const model = catalogue.speechModel(engine === 'whisper' ? 'hub' : 'starter');
  if (!model) return undefined;
  return engine === 'whisper'
    ? new WhisperRecogniser(model, catalogue.lockFile, limits)
    : starterRecogniser(model, catalogue.lockFile, limits);
}
