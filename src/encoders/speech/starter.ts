import { type SpeechRecogniser, VitrineError } from '../../domain';
import type { CatalogueModel } from '../catalogue';
import type { EncoderLimits } from '../create';

/** The starter recogniser: a place for it, until its decoder is there. */
export function starterRecogniser(
  { entry }: CatalogueModel,
  _lockFile: string,
  _limits: EncoderLimits = {},
): SpeechRecogniser {
  return {
    id: `${entry.id}@${entry.revision.slice(0, 12)}`,
    space: entry.space ?? undefined,
    recognise: () => Promise.reject(new VitrineError('RECOGNISER_FAILED', `${entry.id} can't be decoded yet.`)),
    close: () => Promise.resolve(),
  };
}
