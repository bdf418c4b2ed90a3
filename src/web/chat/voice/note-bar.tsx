import { DiscardIcon, MicrophoneIcon } from '../icons';
import { useSpeech } from '../texts';
import type { VoiceRecorder } from './use-recorder';
import { VoicePlayer } from './voice-player';

/** The recorded note that waits to be sent: listen, discard, record again. */
export function NoteBar({ recorder }: { readonly recorder: VoiceRecorder }) {
  const { texts } = useSpeech();
  const { state, url, press, discard } = recorder;
  if (url === undefined) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be a flexible row everywhere.
    <div className="note-bar" role="group" aria-label={texts.voiceNote}>
      <VoicePlayer url={url} seconds={state.note?.seconds} />
      <button
        type="button"
        className="icon-button"
        aria-label={texts.recordAgain}
        title={texts.recordAgain}
        onClick={press}
      >
        <MicrophoneIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={texts.recordDiscard}
        title={texts.recordDiscard}
        onClick={discard}
      >
        <DiscardIcon />
      </button>
    </div>
  );
}
