import type { AppOverrides } from './app-overrides';
import type { Config } from './config';
import type { ImageEncoder, PhotoScreener, SpeechRecogniser, TextEncoder, VoiceReader } from './domain';
import { createImageEncoder, createMessageTranslator, createSpeechRecogniser, createTextEncoder } from './encoders';
import { createPhotoScreener, createVoiceReader } from './media';

/** The models that serve, those of the overrides in the place of our own; `close` ends our own. */
export function createModels(config: Config, overrides: AppOverrides) {
  const ownEncoder = overrides.encoder ? undefined : createTextEncoder(config);
  const ownImageEncoder = overrides.imageEncoder ? undefined : createImageEncoder(config);
  const ownPhotoScreener = overrides.photoScreener ? undefined : createPhotoScreener(config);
  const ownRecogniser = overrides.recogniser ? undefined : createSpeechRecogniser(config);
  const messageTranslator = createMessageTranslator(config);
  const ownVoiceReader = createVoiceReader();
  const encoder: TextEncoder | undefined = overrides.encoder ?? ownEncoder;
  const imageEncoder: ImageEncoder | undefined = overrides.imageEncoder ?? ownImageEncoder;
  const photoScreener: PhotoScreener | undefined = overrides.photoScreener ?? ownPhotoScreener;
  const recogniser: SpeechRecogniser | undefined = overrides.recogniser ?? ownRecogniser;
  const voiceReader: VoiceReader = overrides.voiceReader ?? ownVoiceReader;
  return {
    ...{ encoder, imageEncoder, photoScreener, recogniser, messageTranslator, voiceReader },
    close: async (): Promise<void> => {
      const own = [ownEncoder, ownImageEncoder, ownPhotoScreener, ownVoiceReader, ownRecogniser, messageTranslator];
      await Promise.all(own.map((each) => each?.close()));
    },
  };
}
